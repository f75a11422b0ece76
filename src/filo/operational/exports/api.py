"""Exports at the API: asked for, watched, fetched; and all that is held about one person."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from ninja import Query, Router
from pydantic import Field

from filo.foundation.filters.tree import Tree
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.web.paging import Key
from filo.operational.exports.downloads import attachment, file_of
from filo.operational.exports.models import Export
from filo.operational.exports.queries import seen_export, seen_exports
from filo.operational.exports.services.asking import ask_for_export, cancel_export
from filo.operational.exports.services.personal import name_of_copy, take_personal_data
from filo.operational.exports.wishes import Wish, exportable_named
from filo.operational.parties.queries.find import seen_party

router = Router(tags=["exports"])
SORTS = {"-created": (Key("id", descending=True),), "created": (Key("id"),)}
What = Literal["parties", "people", "organisations", "tasks", "interactions", "tickets"]
Form = Literal["csv", "csv-comma", "xlsx", "json", "vcf"]
FILE: dict[str, Any] = {
    "responses": {
        200: {"description": "The file", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
    }
}


class ExportBody(Body):
    """Which list, narrowed, in which order, with which columns, as what. `csv` has semicolons, for spreadsheets."""

    what: What
    format: Form = "csv"
    filter: dict[str, Any] | None = Field(None, description="A tree as in lists.")
    q: str = Field("", max_length=200, description="Words, as in lists.")
    sort: str = Field("", max_length=40, description="An order, as in lists.")
    columns: list[str] | Literal["all", "listed"] = Field(
        "all", description="All, those that the page of the list opens with, or their names. Not for json and vcf."
    )


class ExportShape(Shape):
    """A list on its way out. `file` is where it is fetched once it is done, for seven days; `rate` in rows a second."""

    id: UUID
    what: What
    format: Form
    state: Literal["waiting", "running", "done", "cancelled", "failed", "gone"]
    file_name: str
    total: int
    rows: int
    size: int
    sha256: str
    error: str
    rate: float | None
    seconds_left: float | None
    file: str | None
    kept_until: datetime | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class ExportList(Shape):
    """A page of exports."""

    items: list[ExportShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/exports", response=ExportList, summary="List exports")
def list_exports(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Those that this token asked for, the newest first."""
    principal = require(request, "party", "export")
    page, count = listed(principal, seen_exports(principal), asked, sorts=SORTS)
    return list_answer([_shape(export) for export in page.rows], page.next, count)


@router.post("/exports", response={202: ExportShape}, summary="Export a list")
def export_a_list(request: ApiRequest, body: ExportBody) -> HttpResponse:
    """The file is written in the background; `Location` tells how far. 429 when a day's rows are used up."""
    for code, action in exportable_named(body.what).rights:
        require(request, code, action)
    tree: Tree | None = body.filter
    named = tuple(body.columns) if isinstance(body.columns, list) else {"all": None, "listed": ()}[body.columns]
    wish = Wish(body.what, body.format, tree or None, body.q, body.sort, named)
    export = ask_for_export(request.principal, wish)
    return answer(_shape(export), status=202, headers={"Location": f"/api/v1/exports/{export.id}"})


@router.get("/exports/{uuid:export_id}", response=ExportShape, summary="Read an export")
def get_export(request: ApiRequest, export_id: UUID) -> HttpResponse:
    """How far it is."""
    principal = require(request, "party", "export")
    return answer(_shape(seen_export(principal, export_id)))


@router.get("/exports/{uuid:export_id}/file", summary="Fetch the file of an export", openapi_extra=FILE)
def get_export_file(request: ApiRequest, export_id: UUID) -> HttpResponseBase:
    """The file, for the token that asked for it; 404 until it is done, and after seven days."""
    principal = require(request, "party", "export")
    return file_of(principal, seen_export(principal, export_id))


@router.post("/exports/{uuid:export_id}/cancel", response=ExportShape, summary="Stop an export")
def stop_export(request: ApiRequest, export_id: UUID) -> HttpResponse:
    """Stop it; there will be no file."""
    principal = require(request, "party", "export")
    return answer(_shape(cancel_export(principal, seen_export(principal, export_id))))


@router.get("/parties/{uuid:party_id}/personal-data", summary="Fetch all that is held about one", openapi_extra=FILE)
def get_personal_data(request: ApiRequest, party_id: UUID) -> HttpResponseBase:
    """A ZIP with `data.json`, a readable `index.html` and files. That it was fetched is itself kept."""
    require(request, "privacy", "view")
    principal = require(request, "party", "export")
    party = seen_party(principal, party_id)
    return attachment(take_personal_data(principal, party), name_of_copy(party), "application/zip")


def _shape(export: Export) -> dict[str, Any]:
    left = export.time_left
    return {
        "id": export.id,
        "what": export.what,
        "format": export.form,
        "state": export.state,
        "file_name": export.file_name,
        "total": export.total,
        "rows": export.rows,
        "size": export.size,
        "sha256": export.sha256,
        "error": export.error,
        "rate": round(export.rate, 1) if export.rate else None,
        "seconds_left": round(left.total_seconds(), 1) if left is not None else None,
        "file": f"/api/v1/exports/{export.id}/file" if export.has_file else None,
        "kept_until": export.kept_until if export.has_file else None,
        "created_at": export.created_at,
        "started_at": export.started_at,
        "finished_at": export.finished_at,
    }
