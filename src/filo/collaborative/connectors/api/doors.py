"""Back offices at the API: connected, read as they stand, exchanged with, switched off and on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.collaborative.connectors.api import telling
from filo.collaborative.connectors.api.shapes import (
    BackOfficeBody,
    BackOfficeChange,
    BackOfficeList,
    BackOfficeShape,
    BegunShape,
    RunList,
    TriedShape,
)
from filo.collaborative.connectors.models import Connection, SyncRun
from filo.collaborative.connectors.queries import seen_connection
from filo.collaborative.connectors.services import connecting as verbs
from filo.collaborative.connectors.services.exchanges import exchange_now
from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, Stale
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.rest.answers import answer
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.web.paging import Key, capped_count

router = Router(tags=["back-offices"])
SORTS = {
    "name": (Key("name"), Key("id")),
    "-name": (Key("name", descending=True), Key("id", descending=True)),
    "created": (Key("created_at"), Key("id")),
}
LATEST = (Key("started_at", descending=True), Key("id", descending=True))


@router.get("/back-offices", response=BackOfficeList, summary="List back offices")
def list_back_offices(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """Each with how it stands: the last exchange of each subject, how old its data is, what waits for a person.

    Orders: name, created. `q`: a name.
    """
    principal = require(request, "settings", "view")
    found = Connection.objects.visible_to(principal).filter(name__icontains=asked.q.strip()).select_related("company")
    page, count = listed(principal, found, asked, sorts=SORTS)
    return list_answer(telling.shown(page.rows), page.next, count)


@router.post("/back-offices", response={201: BackOfficeShape}, summary="Connect a back office", openapi_extra=VERSIONED)
def add_back_office(request: ApiRequest, body: BackOfficeBody) -> HttpResponse:
    """One more; its usual subjects are exchanged from now on."""
    principal = require(request, "settings", "edit")
    facts = _facts(body.model_dump())
    made = verbs.add_connection(principal, **facts)
    headers = {"Location": f"/api/v1/back-offices/{made.pk}"}
    return versioned(request, _one(principal, made.pk), status=201, headers=headers)


@router.get(
    "/back-offices/{uuid:connection_id}",
    response=BackOfficeShape,
    summary="Read a back office",
    openapi_extra=VERSIONED,
)
def get_back_office(request: ApiRequest, connection_id: UUID) -> HttpResponse:
    """How it is connected, and how each subject stands; its key is never read out."""
    return versioned(request, _one(require(request, "settings", "view"), connection_id))


@router.patch(
    "/back-offices/{uuid:connection_id}",
    response=BackOfficeShape,
    summary="Change a back office",
    openapi_extra=VERSIONED,
)
def patch_back_office(request: ApiRequest, connection_id: UUID, body: BackOfficeChange) -> HttpResponse:
    """Name, code, company, how often, what its kind has to know, and its key."""
    principal = require(request, "settings", "edit")
    found, changes = seen_connection(principal, connection_id), body.sent()
    version = version_to_write(request, found.version)
    kept = {name: getattr(found, name) for name in ("name", "code", "every_minutes", "company", "given")}
    try:
        facts = kept | _facts(changes)
        verbs.edit_connection(principal, found, version=found.version if version is None else version, **facts)
    except Stale as error:
        told = {name: value for name, value in changes.items() if name != "secret"}
        raise stale(_one(principal, connection_id), told, error) from None
    return versioned(request, _one(principal, connection_id))


@router.post(
    "/back-offices/{uuid:connection_id}/switch-off",
    response=BackOfficeShape,
    summary="Switch a back office off",
    openapi_extra=VERSIONED,
)
def switch_back_office_off(request: ApiRequest, connection_id: UUID) -> HttpResponse:
    """No more exchanges; what came stays."""
    return _switched(request, connection_id, on=False)


@router.post(
    "/back-offices/{uuid:connection_id}/switch-on",
    response=BackOfficeShape,
    summary="Switch a back office on",
    openapi_extra=VERSIONED,
)
def switch_back_office_on(request: ApiRequest, connection_id: UUID) -> HttpResponse:
    """Exchanges again, beginning at once."""
    return _switched(request, connection_id, on=True)


@router.post(
    "/back-offices/{uuid:connection_id}/exchange", response={202: BegunShape}, summary="Exchange with a back office now"
)
def exchange_with_back_office(request: ApiRequest, connection_id: UUID) -> HttpResponse:
    """Without waiting for the clock; one that is switched off is not exchanged with (409)."""
    principal = require(request, "settings", "edit")
    job = exchange_now(principal, seen_connection(principal, connection_id))
    return answer({"job": job.pk, "state": job.state}, status=202, headers={"Location": f"/api/v1/jobs/{job.pk}"})


@router.post("/back-offices/{uuid:connection_id}/try", response=TriedShape, summary="Try a back office out")
def try_back_office(request: ApiRequest, connection_id: UUID) -> HttpResponse:
    """Whether it is there, in a sentence; one that is not is told with 502."""
    principal = require(request, "settings", "edit")
    return answer({"found": verbs.try_connection(principal, seen_connection(principal, connection_id))})


@router.get("/back-offices/{uuid:connection_id}/runs", response=RunList, summary="List exchanges of a back office")
def list_back_office_runs(request: ApiRequest, connection_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """Every look at it, the latest first, with what became of each row."""
    connection = seen_connection(require(request, "settings", "view"), connection_id)
    found = SyncRun.objects.filter(exchange__connection=connection).select_related("exchange")
    page = page_in(found, LATEST, asked)
    return list_answer([telling.run(row) for row in page.rows], page.next, capped_count(found))


def _switched(request: ApiRequest, connection_id: UUID, *, on: bool) -> HttpResponse:
    principal = require(request, "settings", "edit")
    found = seen_connection(principal, connection_id)
    refuse_stale(request, found.version)
    verbs.switch_connection(principal, found, on=on)
    return versioned(request, _one(principal, connection_id))


def _one(principal: Principal, connection_id: UUID) -> dict[str, Any]:
    return telling.shown([seen_connection(principal, connection_id)])[0]


def _facts(sent: dict[str, Any]) -> dict[str, Any]:
    if "company" not in sent:
        return sent
    company = SellingCompany.objects.filter(code=sent["company"]).first() if sent["company"] else None
    if sent["company"] and company is None:
        raise InvalidFields({"company": _("There is no company of this code.")})
    return sent | {"company": company}
