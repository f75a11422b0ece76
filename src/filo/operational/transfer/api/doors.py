"""Imports at the API."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Query, Router
from ninja.files import UploadedFile

from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.web.paging import Key, capped_count
from filo.operational.transfer.api import telling
from filo.operational.transfer.api.proposals import DecidedShape, ProposalDecisionBody, ProposalList
from filo.operational.transfer.api.shapes import ImportForm, ImportList, ImportShape, RowList, RowParams
from filo.operational.transfer.proposed import open_proposals, told_proposals
from filo.operational.transfer.queries import seen_import, seen_imports, seen_rows
from filo.operational.transfer.services.preparing import prepare_import
from filo.operational.transfer.services.proposals import decide
from filo.operational.transfer.services.starting import cancel_import, start_import, try_later
from filo.operational.transfer.services.turning import bring_again, undo_import

router = Router(tags=["imports"])
SORTS = {"-created": (Key("id", descending=True),), "created": (Key("id"),)}
BY_NUMBER = (Key("number"),)
BY_ID = (Key("id"),)


@router.get("/imports", response=ImportList, summary="List imports")
def list_imports(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The imports one sees, the newest first."""
    principal = require(request, "import", "view")
    page, count = listed(principal, seen_imports(principal), asked, sorts=SORTS)
    return list_answer([telling.shape(batch) for batch in page.rows], page.next, count)


@router.post("/imports", response={202: ImportShape}, summary="Import a file")
def import_file(request: ApiRequest, body: Form[ImportForm], file: File[UploadedFile]) -> HttpResponse:
    """Send a file (CSV, Excel, ODS, vCard, JSON) as `multipart/form-data`; its rows come in in the background,
    `Location` tells how far.
    """
    telling.refuse_unknown({*request.POST, *request.FILES} - {*ImportForm.model_fields, "file"})
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
    return answer(telling.shape(batch), status=202, headers={"Location": f"/api/v1/imports/{batch.id}"})


@router.get("/imports/{uuid:import_id}", response=ImportShape, summary="Read an import")
def get_import(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """How far it is, and what became of its rows."""
    principal = require(request, "import", "view")
    return answer(telling.shape(seen_import(principal, import_id)))


@router.post("/imports/{uuid:import_id}/cancel", response=ImportShape, summary="Stop an import")
def stop_import(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """Stop it; the rows that have come in stay."""
    principal = require(request, "import", "edit")
    return answer(telling.shape(cancel_import(principal, seen_import(principal, import_id))))


@router.post("/imports/{uuid:import_id}/undo", response={202: ImportShape}, summary="Undo an import")
def undo_an_import(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """Take it back as a whole, in the background: what it made goes into the bin, what it changed is as before.

    What somebody has worked with since stays: `left` counts it, its rows say why.
    """
    principal = require(request, "import", "edit")
    return telling.turning(undo_import(principal, seen_import(principal, import_id)))


@router.post("/imports/{uuid:import_id}/again", response={202: ImportShape}, summary="Bring an import in again")
def bring_an_import_again(request: ApiRequest, import_id: UUID) -> HttpResponse:
    """Take its undoing back, in the background."""
    principal = require(request, "import", "edit")
    return telling.turning(bring_again(principal, seen_import(principal, import_id)))


@router.get("/imports/{uuid:import_id}/proposals", response=ProposalList, summary="List values that wait")
def list_proposals(request: ApiRequest, import_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """What the file says otherwise than the cards and nobody has taken or left yet (`conflict` ask)."""
    principal = require(request, "import", "view")
    found = open_proposals(principal, seen_import(principal, import_id))
    page = page_in(found, BY_ID, asked)
    return list_answer([asdict(told) for told in told_proposals(principal, page.rows)], page.next, capped_count(found))


@router.post("/imports/{uuid:import_id}/proposals", response=DecidedShape, summary="Take or leave values")
def decide_proposals(request: ApiRequest, import_id: UUID, body: ProposalDecisionBody) -> HttpResponse:
    """Write values of the file onto the cards, or leave them; without `proposals` the first 500 that wait.

    What was changed since is not overwritten: it waits, with what is there now.
    """
    principal = require(request, "import", "edit")
    batch = seen_import(principal, import_id)
    return answer(asdict(decide(principal, batch, take=body.decision == "take", chosen=body.proposals)))


@router.get("/imports/{uuid:import_id}/rows", response=RowList, summary="Rows of an import")
def list_import_rows(request: ApiRequest, import_id: UUID, asked: Query[RowParams]) -> HttpResponse:
    """The rows as they stood in the file, with what became of each; `outcome=rejected` for those to correct."""
    principal = require(request, "import", "view")
    batch = seen_import(principal, import_id)
    found = seen_rows(principal, batch, outcome=asked.outcome)
    page = page_in(found, BY_NUMBER, asked)
    return list_answer(telling.rows(principal, batch, page.rows), page.next, capped_count(found))
