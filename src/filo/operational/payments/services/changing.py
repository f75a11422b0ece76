"""How every verb changes payments and dues: locked in one order, counted up, recorded, announced, told.

A payment is locked before dues, and dues in the order of their ids, so that no two verbs wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.base import DomainEvent
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish
from filo.operational.parties.services.timeline import page_changed, tell
from filo.operational.payments.events import DueChanged, DueReopened, DueSettled
from filo.operational.payments.models import Due, Payment


def locked_payment(payment: Payment) -> Payment:
    """The same payment, with its row locked until the transaction ends."""
    return Payment.objects.select_for_update(of=("self",)).select_related("party").get(pk=payment.pk)


def locked_dues(ids: Iterable[UUID]) -> dict[UUID, Due]:
    """Dues with their rows locked, in the order of their ids."""
    rows = Due.objects.select_for_update(of=("self",)).select_related("party").filter(pk__in=set(ids)).order_by("pk")
    return {due.pk: due for due in rows}


def keep(row: Due | Payment) -> None:
    """Save a locked row as a version of its own."""
    row.version += 1
    row.save()


def pay_into(principal: Principal, due: Due, amount: Decimal) -> None:
    """Count a sum (below 0: take it away again) as paid of a locked due, and say what follows."""
    was_settled = due.settled_on is not None
    due.paid += amount
    settle(principal, due, was_settled=was_settled)


def settle(principal: Principal, due: Due, *, was_settled: bool) -> None:
    """Keep a locked due and say whether it is settled by what changed, or owed again."""
    is_settled = due.left <= 0
    due.settled_on = (due.settled_on or clock.today()) if is_settled else None
    if is_settled and not was_settled:
        due.disputed_at, due.dispute = None, ""
        announce(principal, DueSettled(**about_due(due)))
    elif was_settled and not is_settled:
        announce(principal, DueReopened(**about_due(due)))
    announce(principal, DueChanged(**about_due(due), left=f"{due.left:.2f}"))
    keep(due)
    publish(f"due:{due.pk}", "changed", by=principal.page)
    page_changed(principal, [due.party_id], "payments")


def about_due(due: Due) -> dict[str, Any]:
    """What every event of a due says."""
    return {"due": due.pk, "party": due.party_id, "kind": due.kind, "source": due.source_id}


def about(payment: Payment, amount: Decimal | None = None) -> dict[str, Any]:
    """What every event of a payment says."""
    return {
        "payment": payment.pk,
        "party": payment.party_id,
        "amount": f"{payment.amount if amount is None else amount:.2f}",
        "currency": payment.currency,
    }


def remember(
    principal: Principal, payment: Payment, what: str, changes: dict[str, tuple[Any, Any]], event: DomainEvent
) -> None:
    """In the audit, for whoever waits for events, and on open pages."""
    record(principal, f"payment.{what}", kind="payment", object_id=payment.pk, changes=changes)
    announce(principal, event)
    if payment.party_id:
        page_changed(principal, [payment.party_id], "payments")


def tell_of(principal: Principal, payment: Payment, kind: str, summary: str) -> None:
    """A line on the timeline of the customer."""
    if payment.party is None:
        return
    entries = tell(
        principal,
        payment.party,
        at=clock.now(),
        kind=kind,
        object="payment",
        summary=summary[:300],
        reference_kind="payment",
        reference_id=payment.pk,
        owner_id=payment.owner_id,
        unit_id=payment.unit_id,
        company_id=payment.company_id,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
