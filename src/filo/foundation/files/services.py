"""Verbs about files: keep one, let go of one. Who calls decides who may."""

from __future__ import annotations

import time
from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.db.models.fields.reverse_related import ForeignObjectRel

from filo.foundation import clock
from filo.foundation.files import places
from filo.foundation.files.errors import FileTooLarge
from filo.foundation.files.models import StoredFile
from filo.foundation.files.naming import clean_media_type, clean_name

LARGEST = 50 * 1024 * 1024
_IN_USE_BY_A_WRITER = 3600.0


def store_file(data: bytes, *, name: str, media_type: str = "") -> StoredFile:
    """Keep a file: its bytes at once, its row in the caller's transaction. Raises `FileTooLarge`.

    name: what the sender calls it (kept as data, made harmless). media_type: what he says that it is.
    """
    if len(data) > LARGEST:
        raise FileTooLarge
    return StoredFile.objects.create(
        sha256=places.put(data),
        name=clean_name(name),
        media_type=clean_media_type(media_type),
        size=len(data),
        created_at=clock.now(),
    )


def forget_files(files: Collection[StoredFile]) -> None:
    """Take rows away, and after the commit the bytes that no other row has."""
    if not files:
        return
    with transaction.atomic():
        StoredFile.objects.filter(pk__in=[file.pk for file in files]).delete()
        hashes = {file.sha256 for file in files}
        transaction.on_commit(lambda: _let_go_of_bytes(hashes))


def sweep_rows() -> int:
    """Take away rows that nothing hangs on for a day: of a message that was erased, of a draft that was left.

    Gives how many.
    """
    old = StoredFile.objects.filter(created_at__lt=clock.now() - timedelta(days=1))
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and isinstance(relation, ForeignObjectRel):
            name = relation.field.name
            holders = relation.related_model._base_manager.filter(**{f"{name}__isnull": False})
            old = old.exclude(pk__in=holders.values(name))
    found = list(old[:10_000])
    forget_files(found)
    return len(found)


def sweep_contents(now: float | None = None) -> int:
    """Take away old contents without a row: those of a transaction that fell, or of rows that went. Gives how many."""
    old = {place.name: place for place in places.old_contents(now)}
    names = sorted(old)
    for first in range(0, len(names), 500):
        some = names[first : first + 500]
        for kept in StoredFile.objects.filter(sha256__in=some).values_list("sha256", flat=True).distinct():
            del old[kept]
    for place in old.values():
        place.unlink(missing_ok=True)
    return len(old)


def _let_go_of_bytes(hashes: Collection[str]) -> None:
    used = set(StoredFile.objects.filter(sha256__in=list(hashes)).values_list("sha256", flat=True))
    for sha256 in set(hashes) - used:
        place = places.place_of(sha256)
        try:
            # Somebody may be storing the same content just now, and has not written his row yet.
            if place.stat().st_mtime < time.time() - _IN_USE_BY_A_WRITER:
                place.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
