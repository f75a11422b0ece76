"""Reads of imports, for pages and the API alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from filo.foundation.access.principal import Principal, system
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.errors import NotFound
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.transfer.mapping import Column, Field, fields_of, from_json
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.reading import Shape, read_rows

PAGE_SIZE = 50
NEWEST_FIRST = [Key("id", descending=True)]


def import_page(principal: Principal, *, cursor: str = "") -> Page[ImportBatch]:
    """A page of imports, newest first. Raises `Forbidden`, `BadRequest`."""
    principal.require("import", "view")
    return page_of(seen_imports(principal), NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def seen_imports(principal: Principal) -> QuerySet[ImportBatch]:
    """The imports that this principal sees."""
    found: QuerySet[ImportBatch] = ImportBatch.objects.visible_to(principal)
    return found.select_related(
        "created_by", "company", "area", "area__default_unit", "channel", "owner", "product_line"
    )


def seen_import(principal: Principal, batch_id: UUID) -> ImportBatch:
    """One of them. Raises `Forbidden`, `NotFound`."""
    principal.require("import", "view")
    found = seen_imports(principal).filter(pk=batch_id).first()
    if found is None:
        raise NotFound
    return found


def seen_rows(principal: Principal, batch: ImportBatch, *, outcome: str = "") -> QuerySet[ImportRow]:
    """The rows of an import in the order of the file."""
    rows: QuerySet[ImportRow] = ImportRow.objects.visible_to(principal)
    rows = rows.filter(batch=batch)
    return (rows.filter(outcome=outcome) if outcome else rows).order_by("number")


def shown_columns(principal: Principal, batch: ImportBatch) -> list[bool]:
    """For each column whether this principal may see its cells: all of one's own file, else what is not masked."""
    hidden, fields = principal.hidden("party"), fields_of(batch.kind)
    if principal.user_id == batch.created_by_id and principal.user_id is not None:
        return [True for _column in batch.mapping]
    return [not _is_masked(column, fields, hidden) for column in from_json(batch.mapping)]


def _is_masked(column: Column, fields: Mapping[str, Field], hidden: frozenset[str]) -> bool:
    field = fields.get(column.field)
    return field is not None and field.masked_by in hidden


def first_rows(batch: ImportBatch, shape: Shape, *, most: int = 5) -> list[tuple[int, list[str]]]:
    """The first rows of the file."""
    return list(islice(read_rows(batch.path, shape), most))


def importer_of(batch: ImportBatch) -> Principal:
    """Who brings the rows in, with the rights as they are now: the person who started it, or the system.

    Raises `NotFound` when that person does not work here any more.
    """
    if batch.created_by_id is None:
        return system("import")
    user = User.objects.select_related("role", "unit").filter(pk=batch.created_by_id, is_active=True).first()
    if user is None:
        raise NotFound
    return principal_of(user, door="import")


def rejected_rows(principal: Principal, batch: ImportBatch) -> Iterator[tuple[list[str], str]]:
    """(cells, reason) of each rejected row, with the cells that this principal may see."""
    shown = shown_columns(principal, batch)
    for row in seen_rows(principal, batch, outcome="rejected").iterator(chunk_size=1000):
        cells = row.raw[: len(shown)]
        seen = [cell if shown[place] else "" for place, cell in enumerate(cells)]
        yield seen, " ".join(problem["sentence"] for problem in row.problems[:1])
