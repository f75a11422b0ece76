"""What is owed, at the API: listed, read, made by hand, disputed."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, versioned
from filo.operational.payments.api import telling
from filo.operational.payments.api.shapes import DisputeBody, DueBody, DueList, WholeDueShape
from filo.operational.payments.filters import DUE_FILTERS
from filo.operational.payments.queries.listing import DUE_SORTS, dues_found, seen_due
from filo.operational.payments.services.dues import dispute_due, open_due, settle_dispute

router = Router(tags=["payments"])


@router.get("/dues", response=DueList, summary="List what is owed")
def list_dues(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """What one sees of what customers owe, the oldest first. `q`: words of the document or the customer."""
    principal = require(request, "payment", "view")
    found = dues_found(principal, None, asked.q or "").select_related("company")
    page, count = listed(principal, found, asked, sorts=DUE_SORTS, filters=DUE_FILTERS)
    seen = telling.seen(principal, page.rows)
    return list_answer([telling.due(due, seen) for due in page.rows], page.next, count)


@router.post("/dues", response={201: WholeDueShape}, summary="Write down what is owed", openapi_extra=VERSIONED)
def add_due(request: ApiRequest, body: DueBody) -> HttpResponse:
    """Something that is owed and no document of Filo says: an opening balance."""
    principal = require(request, "payment", "create")
    party, company = telling.party(principal, body.party), telling.company(body.company)
    with transaction.atomic():  # one that falls to somebody else is not left behind
        made = open_due(
            principal,
            party=party,
            company=company,
            document=body.document,
            document_on=body.document_on,
            due_on=body.due_on,
            amount=telling.amount(body.sum.amount),
            currency=body.sum.currency,
        )
        headers = {"Location": f"/api/v1/dues/{made.pk}"}
        return versioned(request, telling.whole_due(principal, made.pk), status=201, headers=headers)


@router.get("/dues/{uuid:due_id}", response=WholeDueShape, summary="Read what is owed", openapi_extra=VERSIONED)
def get_due(request: ApiRequest, due_id: UUID) -> HttpResponse:
    """One due with what paid it and the reminders of it."""
    return versioned(request, telling.whole_due(require(request, "payment", "view"), due_id))


@router.post("/dues/{uuid:due_id}/dispute", response=WholeDueShape, summary="Dispute a due", openapi_extra=VERSIONED)
def dispute_a_due(request: ApiRequest, due_id: UUID, body: DisputeBody) -> HttpResponse:
    """The customer says that he does not owe it: he is not reminded meanwhile."""
    principal = require(request, "payment", "edit")
    due = seen_due(principal, due_id)
    refuse_stale(request, due.version)
    dispute_due(principal, due, body.reason)
    return versioned(request, telling.whole_due(principal, due_id))


@router.post(
    "/dues/{uuid:due_id}/end-dispute", response=WholeDueShape, summary="End a dispute", openapi_extra=VERSIONED
)
def end_a_dispute(request: ApiRequest, due_id: UUID) -> HttpResponse:
    """It is owed after all; of one that is not disputed nothing changes."""
    principal = require(request, "payment", "edit")
    due = seen_due(principal, due_id)
    refuse_stale(request, due.version)
    settle_dispute(principal, due)
    return versioned(request, telling.whole_due(principal, due_id))
