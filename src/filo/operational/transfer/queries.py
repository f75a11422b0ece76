"""Reads of imports, for pages and the API alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal, system
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.jobs.models import Job
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.parties.origins import Batch
from filo.operational.parties.queries.naming import names_of
from filo.operational.transfer.keys import key_label
from filo.operational.transfer.mapping import Column, Field, fields_of, from_json
from filo.operational.transfer.matches import Matches, matches_of
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.reading import Shape, read_rows
from filo.operational.transfer.thing_fields import ORDERS, PRODUCTS

PAGE_SIZE = 50
MOST_TURNS = 100  # an import may be taken back and brought in again as often as one likes, or nearly
BY_NUMBER = [Key("number")]
# Read and cleaned by one process while another looks up and writes: together they may be more than the whole.
WORKS = {
    "reading": gettext_lazy("reading"),
    "cleaning": gettext_lazy("cleaning"),
    "matching": gettext_lazy("looking up"),
    "writing": gettext_lazy("writing"),
    "words": gettext_lazy("search words"),
    "waiting": gettext_lazy("waiting"),
}
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


def refuse_part_of_import(operation: UUID) -> None:
    """An import is taken back as a whole, on its page. Raises `DomainError` for its operations."""
    for _turn in range(MOST_TURNS):
        found = ImportBatch.objects.filter(pk=operation).first()
        if found is not None:
            sentence = _("This came with the file %(name)s: undo the import on its own page.")
            raise DomainError(sentence % {"name": found.file_name}, code="part-of-import")
        before = AuditEntry.objects.filter(operation=operation).values_list("undoes", flat=True).first()
        if before is None:
            return
        operation = before


def has_open_job(batch: ImportBatch) -> bool:
    """Whether a job is at work on it, or will be."""
    job = Job.objects.filter(pk=batch.job).first() if batch.job else None
    return job is not None and job.is_open


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


def as_seen(principal: Principal, batch: ImportBatch, rows: Iterable[ImportRow]) -> list[ImportRow]:
    """Rows without the remarks on cells that this principal may not see: they quote the file, and the cards."""
    found, hidden = list(rows), _hidden_headers(principal, batch)
    for row in found:
        row.problems = [problem for problem in row.problems if problem["column"] not in hidden]
    return found


def _hidden_headers(principal: Principal, batch: ImportBatch) -> set[str]:
    shown = shown_columns(principal, batch)
    return {column.header for column, seen in zip(from_json(batch.mapping), shown, strict=True) if not seen}


def _is_masked(column: Column, fields: Mapping[str, Field], hidden: frozenset[str]) -> bool:
    field = fields.get(column.field)
    return field is not None and field.masked_by in hidden


def matches_in(principal: Principal, batch: ImportBatch) -> Matches:
    """What was understood of its file, as far as this principal may know of it."""
    columns = usable_columns(principal, from_json(batch.mapping), batch.kind)
    return matches_of(columns, batch.kind, origin=batch.origin, remembered=batch.origin_mapping)


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


@dataclass(frozen=True)
class ToldRow:
    """What became of a row; the party only where one may see it, and `left` why it was not taken back with the rest."""

    number: int
    outcome: str
    party: UUID | None
    name: str
    problems: list[dict[str, str]]
    left: str
    recognised_by: str
    subject: str = ""
    address: str = ""


def told_rows(principal: Principal, batch: ImportBatch, rows: Iterable[ImportRow]) -> list[ToldRow]:
    """Rows of an import for a page, with the parties that this principal sees."""
    found = as_seen(principal, batch, rows)
    names = names_of(principal, {row.party_id for row in found if row.party_id})
    before = {PRODUCTS: "/products/", ORDERS: "/past-orders/"}.get(batch.kind, "")
    return [
        ToldRow(
            row.number,
            row.get_outcome_display(),
            row.party_id if row.party_id in names else None,
            names.get(row.party_id, "") if row.party_id else "",
            row.problems,
            row.left,
            key_label(row.recognised_by) if row.recognised_by else "",
            row.thing_code,
            f"{before}{row.thing}" if before and row.thing else "",
        )
        for row in found
    ]


def row_page(principal: Principal, batch: ImportBatch, *, outcome: str, cursor: str = "") -> Page[ImportRow]:
    """A page of the rows of an import in the order of the file. Raises `BadRequest`."""
    return page_of(seen_rows(principal, batch, outcome=outcome), BY_NUMBER, size=PAGE_SIZE, cursor=cursor)


def turned_counts(principal: Principal, batch: ImportBatch) -> dict[str, int]:
    """How many created and updated rows were last taken back, or brought again, and how many were left."""
    dealt = seen_rows(principal, batch).filter(left="").order_by()
    counts = {code: dealt.filter(outcome=code).count() for code in ("created", "updated")}
    return counts | {"unchanged": batch.left}


@dataclass(frozen=True)
class Recognised:
    """By which keys the rows of a trial were recognised: (name of the key, rows), and of the first rows each."""

    counts: list[tuple[str, int]]
    rows: list[dict[str, Any]]


def recognised_in(batch: ImportBatch) -> Recognised:
    """What a trial told of how rows are recognised; nothing before there was one."""
    told = batch.trial or {}
    counts = [(key_label(by), number) for by, number in told.get("recognised", {}).items()]
    return Recognised(counts, [{**row, "key": key_label(row["by"])} for row in told.get("shown", ())])


def times_in_words(batch: ImportBatch) -> list[tuple[str, float]]:
    """How long each kind of work took, in the order in which it is done."""
    return [(str(words), batch.times[name]) for name, words in WORKS.items() if name in batch.times]


def rejected_rows(principal: Principal, batch: ImportBatch) -> Iterator[tuple[list[str], str]]:
    """(cells, reason) of each rejected row, as far as this principal may see them."""
    shown, hidden = shown_columns(principal, batch), _hidden_headers(principal, batch)
    for row in seen_rows(principal, batch, outcome="rejected").iterator(chunk_size=1000):
        cells = row.raw[: len(shown)]
        seen = [cell if shown[place] else "" for place, cell in enumerate(cells)]
        told = (problem["sentence"] for problem in row.problems if problem["column"] not in hidden)
        yield seen, next(told, "")


def imports_named(principal: Principal, operations: Collection[UUID]) -> Mapping[UUID, Batch]:
    """An import is named by its file to whoever sees it; to others as their cards name it, by its source."""
    may_see = principal.may("import", "view")
    seen = set(ImportBatch.objects.visible_to(principal).filter(pk__in=operations).values_list("pk", flat=True))
    found = ImportBatch.objects.filter(pk__in=operations).values_list("pk", "file_name", "source")
    return {
        pk: Batch(file_name, f"/imports/{pk}") if may_see and pk in seen else Batch(source)
        for pk, file_name, source in found
    }
