"""Verbs about copies: note a backup, mute a copy, and let it speak again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.copies.models import Backup, Mute
from filo.foundation.copies.queries import standing_mute


def note_backup(principal: Principal, *, at: datetime, file: str, size: int, seconds: float, version: str) -> Backup:
    """Keep that a backup was made. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        made = Backup.objects.create(at=at, file=file[-500:], size=size, seconds=seconds, version=version)
        changes = {"file": (None, file), "size": (None, size), "version": (None, version)}
        record(principal, "copy.backup", kind="copy", object_id=made.id, changes=changes)
    return made


def note_taken_out(principal: Principal, *, id: UUID, folder: str) -> None:
    """Keep that everything is being taken out as a dump. Raises `Forbidden`."""
    principal.require("settings", "edit")
    record(principal, "copy.take-out", kind="copy", object_id=id, changes={"file": (None, folder)})


def mute(principal: Principal, *, taken_at: datetime, source: str) -> Mute:
    """From now on nothing leaves this copy. One that is muted already stays it. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        muted = standing_mute() or Mute.objects.create(since=clock.now(), taken_at=taken_at)
        changes = {"file": (None, source), "taken_at": (None, taken_at)}
        record(principal, "copy.restore", kind="copy", object_id=muted.id, changes=changes)
        standing_mute()
    return muted


def end_mute(principal: Principal, *, forgotten: int, sent: int) -> bool:
    """What is written from now on leaves again; gives whether it was muted. Raises `Forbidden`.

    `forgotten` and `sent` tell what became of what had waited.
    """
    principal.require("settings", "edit")
    with transaction.atomic():
        muted = Mute.objects.select_for_update().filter(ended_at=None).first()
        if muted is None:
            return False
        Mute.objects.filter(ended_at=None).update(ended_at=clock.now())
        changes = {"forgotten": (None, forgotten), "sent": (None, sent)}
        record(principal, "copy.unmute", kind="copy", object_id=muted.id, changes=changes)
        standing_mute()
    return True
