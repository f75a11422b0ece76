"""What follows from payments: whoever follows the customer is told."""

from __future__ import annotations

from filo.foundation.events.base import EventMeta
from filo.foundation.events.registry import on
from filo.foundation.jobs.services import enqueue
from filo.foundation.notices.services.reading import settle
from filo.foundation.notices.services.telling import Subject, is_news, notify
from filo.operational.payments.events import DueOverdue, DueSettled, PaymentFailed, PaymentReceived
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.queries.caps import who_refunds
from filo.operational.payments.services.ending import begun_for
from filo.operational.payments.telling import CAME, FAILED, OVERDUE, TWICE


@on(PaymentReceived)
def tell_that_it_came(event: PaymentReceived, meta: EventMeta) -> None:
    """Money that came by itself; what a colleague wrote down he knows."""
    payment = Payment.objects.filter(pk=event.payment).first()
    if payment is None or payment.direction != "in" or not is_news(meta.time):
        return
    kind, people = (TWICE, [payment.owner_id, *who_refunds()]) if payment.is_double else (CAME, [payment.owner_id])
    notify(kind, people, subject=Subject("payment", payment.pk), url=_url(payment), actor=meta.actor_id)


@on(PaymentFailed)
def tell_that_it_failed(event: PaymentFailed, meta: EventMeta) -> None:
    """The customer tried to pay and could not: a call helps, unless it is paid otherwise."""
    payment = Payment.objects.select_related("wants").filter(pk=event.payment).first()
    settled = payment is not None and payment.wants is not None and payment.wants.left <= 0
    if payment is not None and not settled and is_news(meta.time):
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


@on(DueSettled)
def end_what_was_begun(event: DueSettled, _meta: EventMeta) -> None:
    """Nobody is to pay it once more on a page that is open still."""
    for payment in begun_for(event.due):
        enqueue("payments.end_session", key=str(payment.pk), payment=str(payment.pk))


def _url(payment: Payment) -> str:
    return f"/payments/{payment.pk}"
