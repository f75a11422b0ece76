"""Payments and what is owed at the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Day, Shape
from filo.foundation.rest.versions import versioned
from filo.operational.parties.models import Party
from filo.operational.payments.bank.lines import amount_in
from filo.operational.payments.filters import DUE_FILTERS, PAYMENT_FILTERS
from filo.operational.payments.models import Due, Payment, PaymentShare
from filo.operational.payments.queries.listing import (
    DUE_SORTS,
    PAYMENT_SORTS,
    dues_found,
    payments_found,
    seen_payment,
)
from filo.operational.payments.queries.public import pay_link
from filo.operational.payments.services.recording import PaymentFacts, record_payment, take_back_payment

router = Router(tags=["payments"])
Method = Literal["bank", "card", "cash", "cheque", "riba", "debit", "other"]


class MoneyBody(Body):
    """A sum: a decimal in a text, and its currency."""

    amount: str = Field(max_length=20)
    currency: str = Field("EUR", max_length=3)


class ShareBody(Body):
    """What of the payment pays a due."""

    due: UUID
    amount: str = Field(max_length=20)


class PaymentBody(Body):
    """A payment; without `shares` it pays the oldest first, what is beyond stays as credit."""

    party: UUID
    company: str = Field(description="A selling company, by its code.")
    sum: MoneyBody
    paid_on: Day
    method: Method = "bank"
    direction: Literal["in", "out"] = "in"
    reference: str = Field("", max_length=200)
    note: str = Field("", max_length=500)
    shares: list[ShareBody] | None = None


class MoneyShape(Shape):
    """A sum."""

    amount: str
    currency: str


class ShareShape(Shape):
    """What of the payment pays a due; delay: days after its day."""

    due: UUID
    document: str
    amount: str
    delay: int


class PaymentShape(Shape):
    """A payment; `party` is null for a customer whom one does not see. left: the credit of the customer."""

    id: UUID
    party: UUID | None
    company: str
    direction: Literal["in", "out"]
    method: str
    state: Literal["pending", "succeeded", "failed", "refunded"]
    source: str
    sum: MoneyShape
    left: MoneyShape
    refunded: MoneyShape
    paid_on: date
    reference: str
    note: str
    shares: list[ShareShape]
    version: int


class PaymentList(Shape):
    """A page of payments."""

    items: list[PaymentShape]
    next: str | None
    count: int
    count_is_exact: bool


class DueShape(Shape):
    """What is owed by a day; `party` is null for a customer whom one does not see."""

    id: UUID
    kind: Literal["invoice", "order", "opening"]
    source: UUID
    document: str
    party: UUID | None
    company: str
    due_on: date
    sum: MoneyShape
    left: MoneyShape
    state: Literal["open", "part", "overdue", "disputed", "paid"]
    days_late: int
    pay_url: str


class DueList(Shape):
    """A page of what is owed."""

    items: list[DueShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/payments", response=PaymentList, summary="List payments")
def list_payments(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The payments one sees, the latest first. `q`: words of the reference or the customer."""
    principal = require(request, "payment", "view")
    found = payments_found(principal, None, asked.q or "").select_related("company")
    page, count = listed(principal, found, asked, sorts=PAYMENT_SORTS, filters=PAYMENT_FILTERS)
    return list_answer(_payments(principal, page.rows), page.next, count)


@router.post("/payments", response={201: PaymentShape}, summary="Write a payment down", openapi_extra=VERSIONED)
def add_payment(request: ApiRequest, body: PaymentBody) -> HttpResponse:
    """What came in or left; with an `Idempotency-Key` it is written down once."""
    principal = require(request, "payment", "create")
    party = Party.objects.visible_to(principal).filter(pk=body.party).first()
    if party is None:
        raise InvalidFields({"party": NotFound.sentence})
    company = SellingCompany.objects.filter(code=body.company).first()
    if company is None:
        raise InvalidFields({"company": _("There is no company of this code.")})
    facts = PaymentFacts(
        company=company,
        party=party,
        amount=_amount(body.sum.amount),
        currency=body.sum.currency,
        paid_on=body.paid_on,
        method=body.method,
        direction=body.direction,
        reference=body.reference,
        note=body.note,
        source="api",
    )
    shares = None if body.shares is None else {one.due: _amount(one.amount) for one in body.shares}
    made = record_payment(principal, facts, shares=shares)
    headers = {"Location": f"/api/v1/payments/{made.pk}"}
    return versioned(request, _one(principal, made.pk), status=201, headers=headers)


@router.get("/payments/{uuid:payment_id}", response=PaymentShape, summary="Read a payment", openapi_extra=VERSIONED)
def get_payment(request: ApiRequest, payment_id: UUID) -> HttpResponse:
    """One payment."""
    principal = require(request, "payment", "view")
    return versioned(request, _one(principal, payment_id))


@router.delete("/payments/{uuid:payment_id}", response={204: None}, summary="Take a payment back")
def delete_payment(request: ApiRequest, payment_id: UUID) -> tuple[int, None]:
    """It was written down by mistake: what it paid is owed again."""
    principal = require(request, "payment", "create")
    take_back_payment(principal, seen_payment(principal, payment_id))
    return 204, None


@router.get("/dues", response=DueList, summary="List what is owed")
def list_dues(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """What one sees of what customers owe, the oldest first. `q`: words of the document or the customer."""
    principal = require(request, "payment", "view")
    found = dues_found(principal, None, asked.q or "").select_related("company")
    page, count = listed(principal, found, asked, sorts=DUE_SORTS, filters=DUE_FILTERS)
    seen = _seen(principal, page.rows)
    return list_answer([_due(due, seen) for due in page.rows], page.next, count)


def _amount(text: str) -> Decimal:
    found = amount_in(text) if "," not in text else None
    try:
        return Decimal(text) if found is not None else _refuse()
    except ArithmeticError:
        return _refuse()


def _refuse() -> Decimal:
    raise InvalidFields({"amount": _("Write the amount as a decimal: 12.50.")})


def _one(principal: Principal, payment_id: UUID) -> dict[str, Any]:
    return _payments(principal, [seen_payment(principal, payment_id)])[0]


def _seen(principal: Principal, rows: Sequence[Due] | Sequence[Payment]) -> set[UUID]:
    ids = {row.party_id for row in rows if row.party_id}
    if not ids or not principal.may("party", "view"):
        return set()
    return set(Party.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", flat=True))


def _payments(principal: Principal, rows: Sequence[Payment]) -> list[dict[str, Any]]:
    seen = _seen(principal, rows)
    shares: dict[UUID, list[dict[str, Any]]] = {}
    own = Due.objects.visible_to(principal).values("pk")
    found = PaymentShare.objects.filter(payment__in=[row.pk for row in rows], due__in=own)
    for share in found.select_related("due", "payment").order_by("due__due_on", "id"):
        shares.setdefault(share.payment_id, []).append(_share(share))
    return [_payment(row, seen, shares.get(row.pk, [])) for row in rows]


def _share(share: PaymentShare) -> dict[str, Any]:
    return {
        "due": share.due_id,
        "document": share.due.document,
        "amount": f"{share.amount:.2f}",
        "delay": share.delay,
    }


def _payment(row: Payment, seen: set[UUID], shares: list[dict[str, Any]]) -> dict[str, Any]:
    plain = ("id", "direction", "method", "state", "source", "paid_on", "reference", "note", "version")
    return {name: getattr(row, name) for name in plain} | {
        "party": row.party_id if row.party_id in seen else None,
        "company": row.company.code,
        "sum": _money(row.amount, row.currency),
        "left": _money(row.left, row.currency),
        "refunded": _money(row.refunded, row.currency),
        "shares": shares,
    }


def _due(due: Due, seen: set[UUID]) -> dict[str, Any]:
    return {
        "id": due.pk,
        "kind": due.kind,
        "source": due.source_id,
        "document": due.document,
        "party": due.party_id if due.party_id in seen else None,
        "company": due.company.code,
        "due_on": due.due_on,
        "sum": _money(due.amount, due.currency),
        "left": _money(due.left, due.currency),
        "state": due.state,
        "days_late": due.days_late,
        "pay_url": pay_link(due),
    }


def _money(amount: Decimal, currency: str) -> dict[str, str]:
    return {"amount": f"{amount:.2f}", "currency": currency}
