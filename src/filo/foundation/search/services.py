"""Keeps the words of objects; verbs call it inside their transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from filo.foundation.bulk import insert, insert_values
from filo.foundation.folding import words
from filo.foundation.search.lookups import FTS
from filo.foundation.search.models import SearchFill, SearchNote, SearchText, SearchWord
from filo.foundation.search.spelling import can_slip, keys_of

MOST_WORDS_OF_A_NOTE = 2_000
LEARNT_AT_ONCE = 20_000


def folded(parts: Iterable[str]) -> str:
    """The words of several texts, each once, in a form that both engines read alike."""
    found = dict.fromkeys(word for part in parts if part for word in words(part))
    return " ".join(found)


def index(kind: str, texts: Mapping[UUID, str]) -> None:
    """Make objects findable by their folded texts, replacing what was kept of them."""
    kept = {row.object_id: row for row in SearchText.objects.filter(kind=kind, object_id__in=list(texts))}
    changed = [(row, texts[key]) for key, row in kept.items() if row.text != texts[key]]
    _rewrite(changed)
    learn(text for _row, text in changed)
    insert_new(kind, {key: text for key, text in texts.items() if key not in kept})


def insert_new(kind: str, texts: Mapping[UUID, str]) -> None:
    """The same for objects that are certainly new: no look-up before."""
    if connection.vendor == "sqlite":
        _insert(SearchText, [SearchText(kind=kind, object_id=key, text=text) for key, text in texts.items()])
    else:
        insert_values(SearchText, ("object_id", "text"), list(texts.items()), kind=kind)
    learn(texts.values())


def forget(kind: str, ids: Iterable[UUID]) -> None:
    """Make objects unfindable."""
    _delete(SearchText.objects.filter(kind=kind, object_id__in=list(ids)))


def note(kind: str, texts: Mapping[UUID, str]) -> None:
    """Make what was written findable, replacing what was kept of it; where nothing is written, nothing is kept."""
    kept = {row.object_id: row for row in SearchNote.objects.filter(kind=kind, object_id__in=list(texts))}
    now = {key: _words_of_a_note(texts[key]) for key in kept}
    _rewrite([(row, now[key]) for key, row in kept.items() if now[key] and row.text != now[key]])
    gone = [row.pk for key, row in kept.items() if not now[key]]
    if gone:
        _delete(SearchNote.objects.filter(pk__in=gone))
    note_new(kind, {key: text for key, text in texts.items() if key not in kept})


def note_new(kind: str, texts: Mapping[UUID, str]) -> None:
    """The same for what is certainly new."""
    found = {key: _words_of_a_note(text) for key, text in texts.items() if text}
    _insert(SearchNote, [SearchNote(kind=kind, object_id=key, text=text) for key, text in found.items() if text])


def _words_of_a_note(text: str) -> str:
    return " ".join(words(text)[:MOST_WORDS_OF_A_NOTE])


def forget_notes(kind: str, ids: Iterable[UUID]) -> None:
    """Make what was written unfindable."""
    _delete(SearchNote.objects.filter(kind=kind, object_id__in=list(ids)))


def learn(texts: Iterable[str]) -> None:
    """Know the words of these folded texts, so that they are found when they are mistyped."""
    found = sorted({word for text in texts for word in _telling(text)})
    if not found:
        return
    if connection.vendor == "sqlite":
        known: set[str] = set()
        for start in range(0, len(found), 900):
            rows = SearchWord.objects.filter(word__in=found[start : start + 900])
            known.update(rows.values_list("word", flat=True))
        _insert(SearchWord, [SearchWord(word=word, keys=_keys(word)) for word in found if word not in known])
        return
    with connection.cursor() as cursor:  # one statement, which may go with others: nothing is read back
        cursor.execute(
            "INSERT INTO search_searchword (word, keys) SELECT w, k FROM unnest(%s::text[], %s::text[]) AS n(w, k)"
            " WHERE NOT EXISTS (SELECT 1 FROM search_searchword s WHERE s.word = n.w)",
            [found, [_keys(word) for word in found]],
        )


def _telling(text: str) -> set[str]:
    """The words of a text that can be mistyped; not those that are two others written together, as in addresses."""
    every = set(text.split())
    found = {word for word in every if can_slip(word)}
    return found if len(found) < 3 else {word for word in found if not _is_joined(word, every)}


def _is_joined(word: str, every: set[str]) -> bool:
    """Whether two different words of these make this one."""
    parts = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
    return any(one in every and other in every and one != other for one, other in parts)


def _keys(word: str) -> str:
    return " ".join(keys_of(word))


def _insert(model: type[models.Model], rows: Sequence[Any]) -> None:
    if connection.vendor == "sqlite":
        _keep_words(model, model._default_manager.bulk_create(rows, batch_size=1000))
    else:
        insert(model, rows)


def _rewrite(changed: Sequence[tuple[Any, str]]) -> None:
    """Give rows of one table another text."""
    if not changed:
        return
    rows = [row for row, _text in changed]
    _forget_words(type(rows[0]), rows)
    for row, text in changed:
        row.text = text
    type(rows[0])._default_manager.bulk_update(rows, ["text"], batch_size=500)
    _keep_words(type(rows[0]), rows)


def _delete(found: models.QuerySet[Any]) -> None:
    if connection.vendor == "sqlite":
        _forget_words(found.model, list(found))
    found.delete()


def _keep_words(model: type[models.Model], rows: Iterable[Any]) -> None:
    if connection.vendor == "sqlite":
        table, column = FTS[model._meta.db_table], column_of(model)
        with connection.cursor() as cursor:
            statement = f"INSERT INTO {table}(rowid, {column}) VALUES (%s, %s)"  # noqa: S608
            cursor.executemany(statement, [(row.pk, getattr(row, column)) for row in rows])


def _forget_words(model: type[models.Model], rows: Iterable[Any]) -> None:
    if connection.vendor == "sqlite":
        table, column = FTS[model._meta.db_table], column_of(model)
        with connection.cursor() as cursor:
            statement = f"INSERT INTO {table}({table}, rowid, {column}) VALUES ('delete', %s, %s)"  # noqa: S608
            cursor.executemany(statement, [(row.pk, getattr(row, column)) for row in rows])


def column_of(model: type[models.Model]) -> str:
    """The column that holds the words of a table."""
    return "keys" if model is SearchWord else "text"


def learn_everything() -> None:
    """Know the words of all names that are kept: for who fills the table by other means than these verbs."""
    texts: list[str] = []
    for text in SearchText.objects.order_by().values_list("text", flat=True).iterator(chunk_size=5_000):
        texts.append(text)
        if len(texts) == LEARNT_AT_ONCE:
            learn(texts)
            texts = []
    learn(texts)


def look_up_anew() -> None:
    """Have SQLite read its full-text tables from what is kept, after rows came by other means."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for table in FTS.values():
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")  # noqa: S608


def filled(kind: str, *, version: int, position: UUID | None, complete: bool) -> None:
    """Keep how far the words of a kind have been made anew."""
    SearchFill.objects.update_or_create(
        kind=kind, defaults={"version": version, "position": position, "complete": complete}
    )


def sweep() -> int:
    """Forget the words that no name holds any more, and those that were kept twice; gives how many."""
    held: set[str] = set()
    for text in SearchText.objects.order_by().values_list("text", flat=True).iterator(chunk_size=5_000):
        held |= _telling(text)
    gone, met = [], set()
    for pk, word in SearchWord.objects.order_by("pk").values_list("pk", "word").iterator(chunk_size=5_000):
        if word not in held or word in met:
            gone.append(pk)
        met.add(word)
    for start in range(0, len(gone), 500):
        with transaction.atomic():
            _delete(SearchWord.objects.filter(pk__in=gone[start : start + 500]))
    return len(gone)
