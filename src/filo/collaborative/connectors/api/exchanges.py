"""Back offices at the API: one subject of one of them, its rows, and both sides compared."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.collaborative.connectors.api import telling
from filo.collaborative.connectors.api.shapes import (
    ExchangeChange,
    ExchangedRowList,
    ExchangedRowParams,
    ExchangeShape,
    ReconciledShape,
    RejectedList,
    Subject,
)
from filo.collaborative.connectors.models import Known, RejectedRow
from filo.collaborative.connectors.policies import in_its_company
from filo.collaborative.connectors.queries import reconciled, seen_exchange
from filo.collaborative.connectors.services.exchanges import set_exchange
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation.errors import Stale
from filo.foundation.rest.answers import answer
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import PageParams, list_answer, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key, capped_count

router = Router(tags=["back-offices"])
ONE = "/back-offices/{uuid:connection_id}/subjects/{subject_id}"
LATEST = (Key("at", descending=True), Key("id", descending=True))


@router.get(ONE, response=ExchangeShape, summary="Read a subject of a back office", openapi_extra=VERSIONED)
def get_exchange(request: ApiRequest, connection_id: UUID, subject_id: Subject) -> HttpResponse:
    """From which column each field comes, and whose value holds."""
    principal = require(request, "settings", "view")
    return versioned(request, telling.exchange(seen_exchange(principal, connection_id, subject_id)))


@router.patch(ONE, response=ExchangeShape, summary="Change a subject of a back office", openapi_extra=VERSIONED)
def patch_exchange(request: ApiRequest, connection_id: UUID, subject_id: Subject, body: ExchangeChange) -> HttpResponse:
    """Exchange it or no more, name its columns, and say whose value of each field holds."""
    principal = require(request, "settings", "edit")
    found, changes = seen_exchange(principal, connection_id, subject_id), body.sent()
    facts = {name: changes.get(name, getattr(found, name)) for name in ("active", "columns", "owners")}
    version = version_to_write(request, found.version)
    try:
        set_exchange(principal, found, version=found.version if version is None else version, **facts)
    except Stale as error:
        raise stale(telling.exchange(seen_exchange(principal, connection_id, subject_id)), changes, error) from None
    return versioned(request, telling.exchange(seen_exchange(principal, connection_id, subject_id)))


@router.get(f"{ONE}/rows", response=ExchangedRowList, summary="List rows of a subject")
def list_exchanged_rows(
    request: ApiRequest, connection_id: UUID, subject_id: Subject, asked: Query[ExchangedRowParams]
) -> HttpResponse:
    """What both sides knew last of each row, and what Filo says now. `q`: the beginning of a key."""
    principal = require(request, "settings", "view")
    exchange = seen_exchange(principal, connection_id, subject_id)
    found = Known.objects.filter(exchange=exchange, key__startswith=asked.q.strip().casefold())
    page = page_in(found, (Key("key"), Key("id")), asked)
    narrow = in_its_company(principal, exchange.connection.company_id)
    ours = all_subjects()[subject_id].find(narrow, [row.key for row in page.rows])
    items = [
        {
            "key": row.key,
            "label": ours[row.key].label if row.key in ours else "",
            "known": row.values if row.key in ours else None,
            "ours": dict(ours[row.key].values) if row.key in ours else None,
            "seen_at": row.seen_at,
        }
        for row in page.rows
    ]
    return list_answer(items, page.next, capped_count(found))


@router.get(f"{ONE}/rejected", response=RejectedList, summary="List refused rows of a subject")
def list_rejected_rows(
    request: ApiRequest, connection_id: UUID, subject_id: Subject, asked: Query[PageParams]
) -> HttpResponse:
    """Rows that could not be taken and about which nothing was done yet, the latest first."""
    exchange = seen_exchange(require(request, "settings", "view"), connection_id, subject_id)
    found = RejectedRow.objects.filter(exchange=exchange, ended_at=None).select_related("exchange")
    page = page_in(found, LATEST, asked)
    return list_answer([telling.rejected(row) for row in page.rows], page.next, capped_count(found))


@router.get(f"{ONE}/compare", response=ReconciledShape, summary="Compare both sides of a subject")
def compare_both_sides(request: ApiRequest, connection_id: UUID, subject_id: Subject) -> HttpResponse:
    """Both sides counted, summed up and compared row by row; a back office that is away is told with 502."""
    principal = require(request, "settings", "view")
    return answer(telling.reconciled(reconciled(principal, seen_exchange(principal, connection_id, subject_id))))
