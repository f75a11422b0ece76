"""Imports at the API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.web.paging import Key, capped_count
from filo.operational.parties.models import Party
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.proposed import open_proposals, told_proposals
from filo.operational.transfer.queries import as_seen, seen_import, seen_imports, seen_rows, shown_columns
from filo.operational.transfer.services.preparing import prepare_import
from filo.operational.transfer.services.proposals import decide
from filo.operational.transfer.services.starting import cancel_import, start_import, try_later
from filo.operational.transfer.services.turning import bring_again, undo_import

router = Router(tags=["imports"])
Kind = Literal["organisations", "people", "parties"]
Mode = Literal["upsert", "create", "update"]
Conflict = Literal["file", "fill", "hand", "ask"]
Outcome = Literal["created", "updated", "unchanged", "rejected"]
SORTS = {"-created": (Key("id", descending=True),), "created": (Key("id"),)}
BY_NUMBER = (Key("number"),)
BY_ID = (Key("id"),)


class ImportForm(Body):
    """How the file that is sent along is to come in. `kind` is guessed when it is not given."""

    kind: Kind | Literal[""] = ""
    mode: Mode = "upsert"
    conflict: Conflict | Literal[""] = Field(
        "",
        description="Where the file says otherwise than a card: the file wins, it only fills what is empty, what "
        "people wrote by hand stays, or ask. As with the mapping, or file, if not given.",
    )
    keys: str = Field(
        "",
        max_length=300,
        description="By what rows are recognised, in this order, parted by commas: party (Filo ID), identity (code of "
        "another system), email, phone, vat_number, codice_fiscale, name_city, name, fields.CODE, filo (as Filo does "
        "it by itself). As Filo does it, if not given.",
    )
    make_firms: bool = Field(True, description="Make the firms that people name and that are not here yet.")
    mapping: str = Field("", max_length=80, description="The name of a kept mapping of columns.")
    program: str = Field("", max_length=40, description="Whose export it is: hubspot, salesforce, odoo, …")
    sheet: str = Field("", max_length=200, description="The sheet of a workbook; the largest if not given.")
    dry_run: bool = Field(False, description="Only find out what would happen: see `trial`.")


class ColumnShape(Shape):
    """A column and what it means; an empty `field` stays in the stored row. `format` says how its cells are read."""

    header: str
    field: str
    format: str


class ImportShape(Shape):
    """A file on its way in. `rate` is in rows a second; `trial` tells what would happen, once that is known;
    `times` are the seconds that each kind of work took. `program` is whose export it is (hubspot, odoo, …) where
    that was seen.

    `keys` are those by which rows are recognised, none as Filo does it. `firms` counts those that were made because
    people name them: they are no rows.

    `kept` counts the values that stayed although the file says otherwise, by the rule `conflict`.

    Of the last undoing, or bringing in again, `turned` is how many rows it dealt with and `left` how many it left,
    because somebody has worked with them since.
    """

    id: UUID
    file_name: str
    kind: Kind
    mode: Mode
    conflict: Conflict
    keys: list[str]
    make_firms: bool
    source: str
    format: str
    sheet: str
    program: str
    state: Literal["draft", "ready", "running", "done", "cancelled", "failed", "back", "undone", "again"]
    error: str
    columns: list[ColumnShape]
    total: int
    done: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    duplicates: int
    with_warnings: int
    kept: int
    firms: int
    seconds: float
    rate: float | None
    seconds_left: float | None
    times: dict[str, float]
    turned: int
    left: int
    trial: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ImportList(Shape):
    """A page of imports."""

    items: list[ImportShape]
    next: str | None
    count: int
    count_is_exact: bool


class ProblemShape(Shape):
    """What was wrong in a column."""

    column: str
    sentence: str


class RowShape(Shape):
    """A row of the file, numbered as in a spreadsheet, and what became of it. `party` is null when unseen.

    `recognised_by` is the key by which it was found here. `left` says why it was not taken back with the rest.
    """

    number: int
    outcome: Outcome
    party: UUID | None
    recognised_by: str
    cells: list[str]
    problems: list[ProblemShape]
    left: str


class RowList(Shape):
    """A page of rows."""

    items: list[RowShape]
    next: str | None
    count: int
    count_is_exact: bool


class ProposalShape(Shape):
    """A value that the file says otherwise than the card, in words: `now` as it is, `said` as the file says it."""

    id: UUID
    number: int
    party: UUID
    party_name: str
    name: str
    label: str
    now: str
    said: str


class ProposalList(Shape):
    """A page of them. Those about parties one does not see are not among the items, though they are counted."""

    items: list[ProposalShape]
    next: str | None
    count: int
    count_is_exact: bool


class DecisionBody(Body):
    """What becomes of which."""

    decision: Literal["take", "leave"]
    proposals: list[UUID] | None = Field(None, max_length=500)


class DecidedShape(Shape):
    """How many were taken or left; `waiting` could not be taken, `more` were not asked for yet."""

    done: int
    waiting: int
    more: int


class RowParams(PageParams):
    """Which rows."""

    outcome: Outcome | Literal[""] = ""


@router.get("/imports", response=ImportList, summary="List imports")
def list_imports(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The imports one sees, the newest first."""
    principal = require(request, "import", "view")
    page, count = listed(principal, seen_imports(principal), asked, sorts=SORTS)
    return list_answer([_shape(batch) for batch in page.rows], page.next, count)


@router.post("/imports", response={202: ImportShape}, summary="Import a file")
def import_file(request: ApiRequest, body: Form[ImportForm], file: File[UploadedFile]) -> HttpResponse:
    """Send a file (CSV, Excel, ODS, vCard, JSON) as `multipart/form-data`; its rows come in in the background,
    `Location` tells how far.
    """
    _refuse_unknown({*request.POST, *request.FILES} - {*ImportForm.model_fields, "file"})
    require(request, "party", "import")
    principal = require(request, "import", "create")
    batch = prepare_import(
        principal,
        file.chunks(),
        file_name=file.name or "",
        kind=body.kind,
        mode=body.mode,
        conflict=body.conflict,
        keys=[key.strip() for key in body.keys.split(",")],
        make_firms=body.make_firms,
        mapping=body.mapping,
        program=body.program,
        part=body.sheet,
    )
    if body.dry_run:
        try_later(principal, batch)
    else:
        batch = start_import(principal, batch)
    return answer(_shape(batch), status=202, headers={"Location": f"/api/v1/imports/{batch.id}"})


@router.get("/imports/{uuid:import_id}", response=ImportShape, summary="Read an import")
def get_import(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """How far it is, and what became of its rows."""
    principal = require(request, "import", "view")
    return answer(_shape(seen_import(principal, import_id)))


@router.post("/imports/{uuid:import_id}/cancel", response=ImportShape, summary="Stop an import")
def stop_import(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """Stop it; the rows that have come in stay."""
    principal = require(request, "import", "edit")
    return answer(_shape(cancel_import(principal, seen_import(principal, import_id))))


@router.post("/imports/{uuid:import_id}/undo", response={202: ImportShape}, summary="Undo an import")
def undo_an_import(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """Take it back as a whole, in the background: what it made goes into the bin, what it changed is as before.

    What somebody has worked with since stays: `left` counts it, its rows say why.
    """
    principal = require(request, "import", "edit")
    return _turning(undo_import(principal, seen_import(principal, import_id)))


@router.post("/imports/{uuid:import_id}/again", response={202: ImportShape}, summary="Bring an import in again")
def bring_an_import_again(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """Take its undoing back, in the background."""
    principal = require(request, "import", "edit")
    return _turning(bring_again(principal, seen_import(principal, import_id)))


@router.get("/imports/{uuid:import_id}/proposals", response=ProposalList, summary="List values that wait")
def list_proposals(request: ApiRequest, import_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """What the file says otherwise than the cards and nobody has taken or left yet (`conflict` ask)."""
    principal = require(request, "import", "view")
    found = open_proposals(principal, seen_import(principal, import_id))
    page = page_in(found, BY_ID, asked)
    return list_answer([asdict(told) for told in told_proposals(principal, page.rows)], page.next, capped_count(found))


@router.post("/imports/{uuid:import_id}/proposals", response=DecidedShape, summary="Take or leave values")
def decide_proposals(request: ApiRequest, import_id: UUID, body: DecisionBody) -> HttpResponse:
    """Write values of the file onto the cards, or leave them; without `proposals` the first 500 that wait.

    What was changed since is not overwritten: it waits, with what is there now.
    """
    principal = require(request, "import", "edit")
    batch = seen_import(principal, import_id)
    return answer(asdict(decide(principal, batch, take=body.decision == "take", chosen=body.proposals)))


def _turning(batch: ImportBatch) -> HttpResponse:
    return answer(_shape(batch), status=202, headers={"Location": f"/api/v1/imports/{batch.id}"})


@router.get("/imports/{uuid:import_id}/rows", response=RowList, summary="Rows of an import")
def list_import_rows(request: ApiRequest, import_id: UUID, asked: Query[RowParams]) -> HttpResponse:
    """The rows as they stood in the file, with what became of each; `outcome=rejected` for those to correct."""
    principal = require(request, "import", "view")
    batch = seen_import(principal, import_id)
    found = seen_rows(principal, batch, outcome=asked.outcome)
    page = page_in(found, BY_NUMBER, asked)
    return list_answer(_rows(principal, batch, page.rows), page.next, capped_count(found))


def _refuse_unknown(names: set[str]) -> None:
    """A form knows no fields but its own either."""
    if names:
        raise InvalidFields({name[:60]: _("There is no such field.") for name in sorted(names)[:20]})


def _shape(batch: ImportBatch) -> dict[str, Any]:
    left = batch.time_left
    return {
        "id": batch.id,
        "file_name": batch.file_name,
        "kind": batch.kind,
        "mode": batch.mode,
        "conflict": batch.conflict,
        "keys": batch.keys,
        "make_firms": batch.make_firms,
        "source": batch.source,
        "format": batch.format,
        "sheet": batch.part,
        "program": batch.origin.partition(".")[0],
        "state": batch.state,
        "error": batch.error,
        "columns": [
            {"header": column.header, "field": column.field, "format": column.format}
            for column in from_json(batch.mapping)
        ],
        "total": batch.total,
        "done": batch.done,
        "created": batch.created,
        "updated": batch.updated,
        "unchanged": batch.unchanged,
        "rejected": batch.rejected,
        "duplicates": batch.duplicates,
        "with_warnings": batch.warned,
        "kept": batch.kept,
        "firms": batch.firms,
        "seconds": round(batch.seconds, 2),
        "rate": round(batch.rate, 1) if batch.rate else None,
        "seconds_left": round(left.total_seconds(), 1) if left is not None else None,
        "times": batch.times,
        "turned": batch.turned,
        "left": batch.left,
        "trial": batch.trial,
        "created_at": batch.created_at,
        "started_at": batch.started_at,
        "finished_at": batch.finished_at,
    }


def _rows(principal: Principal, batch: ImportBatch, rows: list[ImportRow]) -> list[dict[str, Any]]:
    """The rows; a party is named, and a masked cell shown, only to whom may see it."""
    shown = shown_columns(principal, batch)
    parties = [row.party_id for row in rows if row.party_id]
    seen = set(Party.objects.visible_to(principal).filter(pk__in=parties).values_list("pk", flat=True))
    return [
        {
            "number": row.number,
            "outcome": row.outcome,
            "party": row.party_id if row.party_id in seen else None,
            "recognised_by": row.recognised_by,
            "cells": [cell if place >= len(shown) or shown[place] else "" for place, cell in enumerate(row.raw)],
            "problems": row.problems,
            "left": row.left,
        }
        for row in as_seen(principal, batch, rows)
    ]
