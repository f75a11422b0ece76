"""What follows from payments: whoever follows the customer is told."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.payments.events import DueOverdue, DueSettled, PaymentFailed, PaymentReceived
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.telling import CAME, FAILED, OVERDUE


@on(PaymentReceived)
def tell_that_it_came(event: PaymentReceived, meta: EventMeta) -> None:
    """Money that came by itself; what a colleague wrote down he knows."""
    payment = Payment.objects.filter(pk=event.payment).first()
    if payment is not None and payment.direction == "in" and is_news(meta.time):
        notify(CAME, [payment.owner_id], subject=Subject("payment", payment.pk), url=_url(payment), actor=meta.actor_id)


@on(PaymentFailed)
def tell_that_it_failed(event: PaymentFailed, meta: EventMeta) -> None:
    """The customer tried to pay and could not: a call helps."""
    payment = Payment.objects.filter(pk=event.payment).first()
    if payment is not None and is_news(meta.time):
        notify(
            FAILED, [payment.owner_id], subject=Subject("payment", payment.pk), url=_url(payment), actor=meta.actor_id
        )


@on(DueOverdue)
def tell_that_it_is_late(event: DueOverdue, meta: EventMeta) -> None:
    """Its day went by."""
    due = Due.objects.filter(pk=event.due).first()
    if due is not None and is_news(meta.time):
        notify(OVERDUE, [due.owner_id], subject=Subject("due", due.pk), url=f"/dues/{due.pk}", actor=meta.actor_id)


@on(DueSettled)
def leave_in_peace(event: DueSettled, _meta: EventMeta) -> None:
    """What is paid needs no notice."""
    settle("due", event.due)


def _url(payment: Payment) -> str:
    return f"/payments/{payment.pk}"
