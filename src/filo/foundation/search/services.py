"""Keeps the words of objects; verbs call it inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import connection

from filo.foundation.bulk import insert
from filo.foundation.folding import words
from filo.foundation.search.models import SearchText


def folded(parts: Iterable[str]) -> str:
    """The words of several texts, each once, in a form that both engines read alike."""
    found = dict.fromkeys(word for part in parts if part for word in words(part))
    return " ".join(found)


def index(kind: str, texts: Mapping[UUID, str]) -> None:
    """Make objects findable by their folded texts, replacing what was kept of them."""
    kept = {row.object_id: row for row in SearchText.objects.filter(kind=kind, object_id__in=list(texts))}
    changed = [row for key, row in kept.items() if row.text != texts[key]]
    _forget_words(changed)
    for row in changed:
        row.text = texts[row.object_id]
    SearchText.objects.bulk_update(changed, ["text"], batch_size=500)
    _keep_words(changed)
    insert_new(kind, {key: text for key, text in texts.items() if key not in kept})


def insert_new(kind: str, texts: Mapping[UUID, str]) -> None:
    """The same for objects that are certainly new: no look-up before."""
    rows = [SearchText(kind=kind, object_id=key, text=text) for key, text in texts.items()]
    if connection.vendor == "sqlite":
        _keep_words(SearchText.objects.bulk_create(rows, batch_size=1000))
    else:
        insert(SearchText, rows)


def forget(kind: str, ids: Iterable[UUID]) -> None:
    """Make objects unfindable."""
    rows = list(SearchText.objects.filter(kind=kind, object_id__in=list(ids)))
    _forget_words(rows)
    SearchText.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _keep_words(rows: Iterable[SearchText]) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            statement = "INSERT INTO search_fts(rowid, text) VALUES (%s, %s)"
            cursor.executemany(statement, [(row.pk, row.text) for row in rows])


def _forget_words(rows: Iterable[SearchText]) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            statement = "INSERT INTO search_fts(search_fts, rowid, text) VALUES ('delete', %s, %s)"
            cursor.executemany(statement, [(row.pk, row.text) for row in rows])
