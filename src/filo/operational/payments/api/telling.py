"""From what is sent about payments and dues to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.rest.answers import moment
from filo.operational.parties.models import Party
from filo.operational.payments.api.shapes import ShareBody
from filo.operational.payments.bank.lines import amount_in
from filo.operational.payments.models import Due, Payment, PaymentShare, Refund
from filo.operational.payments.queries.listing import seen_due, seen_payment
from filo.operational.payments.queries.public import pay_link
from filo.operational.payments.queries.reminding import interest_of, known_rates


def refuse_unknown(names: set[str]) -> None:
    """A form knows no fields but its own either. Raises `InvalidFields`."""
    if names:
        raise InvalidFields({name[:60]: _("There is no such field.") for name in sorted(names)[:20]})


def amount(text: str) -> Decimal:
    """A sum that was sent. Raises `InvalidFields`."""
    found = amount_in(text) if "," not in text else None
    try:
        return Decimal(text) if found is not None else refuse()
    except ArithmeticError:
        return refuse()


def refuse() -> Decimal:
    """Refuse a sum that cannot be read. Raises `InvalidFields`."""
    raise InvalidFields({"amount": _("Write the amount as a decimal: 12.50.")})


def party(principal: Principal, party_id: UUID) -> Party:
    """The customer that was named, if the caller sees him. Raises `InvalidFields`."""
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def company(code: str) -> SellingCompany:
    """The company of a code. Raises `InvalidFields`."""
    found = SellingCompany.objects.filter(code=code).first()
    if found is None:
        raise InvalidFields({"company": _("There is no company of this code.")})
    return found


def shares_sent(shares: Sequence[ShareBody]) -> dict[UUID, Decimal]:
    """What is to pay which due. Raises `InvalidFields`."""
    found: dict[UUID, Decimal] = {}
    for one in shares:
        if one.due in found:
            raise InvalidFields({"shares": _("A due is named twice: say in one sum what pays it.")})
        found[one.due] = amount(one.amount)
    return found


def one(principal: Principal, payment_id: UUID) -> dict[str, Any]:
    """One of them, whole, as it is answered."""
    return payments(principal, [seen_payment(principal, payment_id)])[0]


def seen(principal: Principal, rows: Sequence[Due] | Sequence[Payment]) -> set[UUID]:
    """The customers among them that the caller sees."""
    ids = {row.party_id for row in rows if row.party_id}
    if not ids or not principal.may("party", "view"):
        return set()
    return set(Party.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", flat=True))


def payments(principal: Principal, rows: Sequence[Payment]) -> list[dict[str, Any]]:
    """Payments, as they are answered."""
    known = seen(principal, rows)
    shares: dict[UUID, list[dict[str, Any]]] = {}
    own = Due.objects.visible_to(principal).values("pk")
    found = PaymentShare.objects.filter(payment__in=[row.pk for row in rows], due__in=own)
    for part in found.select_related("due", "payment").order_by("due__due_on", "id"):
        shares.setdefault(part.payment_id, []).append(share(part))
    return [payment(row, known, shares.get(row.pk, [])) for row in rows]


def share(part: PaymentShare) -> dict[str, Any]:
    """What of a payment went to a due, as it is answered."""
    return {
        "due": part.due_id,
        "document": part.due.document,
        "amount": f"{part.amount:.2f}",
        "delay": part.delay,
    }


def payment(row: Payment, seen: set[UUID], shares: list[dict[str, Any]]) -> dict[str, Any]:
    """A payment, as it is answered."""
    plain = ("id", "direction", "method", "state", "source", "paid_on", "reference", "note", "version")
    return {name: getattr(row, name) for name in plain} | {
        "party": row.party_id if row.party_id in seen else None,
        "company": row.company.code,
        "sum": money(row.amount, row.currency),
        "left": money(row.left, row.currency),
        "refunded": money(row.refunded, row.currency),
        "shares": shares,
    }


def refund(row: Refund, currency: str) -> dict[str, Any]:
    """What was given back, as it is answered."""
    plain = ("id", "reason", "state", "failure")
    return {name: getattr(row, name) for name in plain} | {"sum": money(row.amount, currency), "at": moment(row.at)}


def due(due: Due, seen: set[UUID]) -> dict[str, Any]:
    """A due, as it is answered."""
    return {
        "id": due.pk,
        "kind": due.kind,
        "source": due.source_id,
        "document": due.document,
        "document_on": due.document_on,
        "party": due.party_id if due.party_id in seen else None,
        "company": due.company.code,
        "due_on": due.due_on,
        "sum": money(due.amount, due.currency),
        "left": money(due.left, due.currency),
        "state": due.state,
        "days_late": due.days_late,
        "dispute": due.dispute,
        "disputed_at": moment(due.disputed_at),
        "pay_url": pay_link(due),
        "version": due.version,
    }


def whole_due(principal: Principal, due_id: UUID) -> dict[str, Any]:
    """One due with all about it, as it is answered."""
    found = seen_due(principal, due_id)
    paid = found.shares.filter(payment__in=Payment.objects.visible_to(principal).values("pk"))
    plain = ("after_days", "to", "subject")
    return due(found, seen(principal, [found])) | {
        "paid_by": [
            {
                "payment": part.payment_id,
                "paid_on": part.payment.paid_on,
                "amount": f"{part.amount:.2f}",
                "delay": part.delay,
            }
            for part in paid.select_related("payment", "due").order_by("payment__paid_on", "id")
        ],
        "reminders": [
            {name: getattr(row, name) for name in plain} | {"at": moment(row.at)} for row in found.reminders.all()
        ],
        "interest": money(interest_of(found, known_rates()), found.currency),
    }


def money(amount: Decimal, currency: str) -> dict[str, str]:
    """A sum with its currency."""
    return {"amount": f"{amount:.2f}", "currency": currency}
