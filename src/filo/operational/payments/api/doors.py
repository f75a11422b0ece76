"""Payments at the API."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.rest.answers import answer
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import version_to_write, versioned
from filo.operational.payments.api import telling
from filo.operational.payments.api.shapes import (
    PaymentBody,
    PaymentList,
    PaymentShape,
    RefundBody,
    RefundList,
    RefundShape,
    SharesBody,
)
from filo.operational.payments.filters import PAYMENT_FILTERS
from filo.operational.payments.queries.listing import (
    PAYMENT_SORTS,
    payments_found,
    seen_payment,
    taken_back_payment,
)
from filo.operational.payments.services.recording import (
    PaymentFacts,
    record_payment,
    restore_payment,
    take_back_payment,
)
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.services.sharing import share_payment

router = Router(tags=["payments"])


@router.get("/payments", response=PaymentList, summary="List payments")
def list_payments(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The payments one sees, the latest first. `q`: words of the reference or the customer."""
    principal = require(request, "payment", "view")
    found = payments_found(principal, None, asked.q or "").select_related("company")
    page, count = listed(principal, found, asked, sorts=PAYMENT_SORTS, filters=PAYMENT_FILTERS)
    return list_answer(telling.payments(principal, page.rows), page.next, count)


@router.post("/payments", response={201: PaymentShape}, summary="Write a payment down", openapi_extra=VERSIONED)
def add_payment(request: ApiRequest, body: PaymentBody) -> HttpResponse:
    """What came in or left; with an `Idempotency-Key` it is written down once."""
    principal = require(request, "payment", "create")
    facts = PaymentFacts(
        company=telling.company(body.company),
        party=telling.party(principal, body.party),
        amount=telling.amount(body.sum.amount),
        currency=body.sum.currency,
        paid_on=body.paid_on,
        method=body.method,
        direction=body.direction,
        reference=body.reference,
        note=body.note,
        source="api",
    )
    shares = None if body.shares is None else telling.shares_sent(body.shares)
    made = record_payment(principal, facts, shares=shares)
    headers = {"Location": f"/api/v1/payments/{made.pk}"}
    return versioned(request, telling.one(principal, made.pk), status=201, headers=headers)


@router.get("/payments/{uuid:payment_id}", response=PaymentShape, summary="Read a payment", openapi_extra=VERSIONED)
def get_payment(request: ApiRequest, payment_id: UUID) -> HttpResponse:
    """One payment."""
    principal = require(request, "payment", "view")
    return versioned(request, telling.one(principal, payment_id))


@router.delete("/payments/{uuid:payment_id}", response={204: None}, summary="Take a payment back")
def delete_payment(request: ApiRequest, payment_id: UUID) -> tuple[int, None]:
    """It was written down by mistake: what it paid is owed again."""
    principal = require(request, "payment", "create")
    take_back_payment(principal, seen_payment(principal, payment_id))
    return 204, None


@router.get("/payments/{uuid:payment_id}/refunds", response=RefundList, summary="List what was given back")
def list_refunds(request: ApiRequest, payment_id: UUID) -> HttpResponse:
    """All refunds of a payment, also those that were refused."""
    principal = require(request, "payment", "view")
    payment = seen_payment(principal, payment_id)
    return answer({"items": [telling.refund(row, payment.currency) for row in payment.refunds.all()]})


@router.post("/payments/{uuid:payment_id}/refunds", response={201: RefundShape}, summary="Give a payment back")
def refund_a_payment(request: ApiRequest, payment_id: UUID, body: RefundBody) -> HttpResponse:
    """Some of it or all; what is above the caller's limit is asked first (`state` is then asked)."""
    principal = require(request, "payment", "refund")
    payment = seen_payment(principal, payment_id)
    amount = telling.amount(body.amount)
    # A key that makes asking twice safe holds a transaction: the provider is asked when it is over.
    made = refund_payment(principal, payment, amount=amount, reason=body.reason, later=True)
    return answer(telling.refund(made, payment.currency), status=201)


@router.post(
    "/payments/{uuid:payment_id}/share", response=PaymentShape, summary="Share a payment out", openapi_extra=VERSIONED
)
def share_a_payment(request: ApiRequest, payment_id: UUID, body: SharesBody) -> HttpResponse:
    """Say anew what it pays: these dues, these sums, nothing else; what is not shared is the customer's credit."""
    principal = require(request, "payment", "edit")
    payment = seen_payment(principal, payment_id)
    version = version_to_write(request, payment.version)
    share_payment(principal, payment, telling.shares_sent(body.shares), version=version)
    return versioned(request, telling.one(principal, payment_id))


@router.post(
    "/payments/{uuid:payment_id}/restore",
    response=PaymentShape,
    summary="Take the taking back of a payment back",
    openapi_extra=VERSIONED,
)
def restore_a_payment(request: ApiRequest, payment_id: UUID) -> HttpResponse:
    """It was right after all: it pays again what it paid, as far as that is still owed."""
    principal = require(request, "payment", "create")
    restore_payment(principal, taken_back_payment(principal, payment_id))
    return versioned(request, telling.one(principal, payment_id))
