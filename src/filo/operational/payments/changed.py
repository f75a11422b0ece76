"""How changes of payments and dues read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Label, Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.operational.payments.models import Due, Payment

FIELDS: dict[str, Label] = {
    "amount": gettext_lazy("Amount"),
    "paid_on": pgettext_lazy("a payment", "Paid on"),
    "method": gettext_lazy("Way to pay"),
    "state": gettext_lazy("State"),
    "shares": gettext_lazy("What it pays"),
    "refunded": pgettext_lazy("a sum", "Given back"),
    "taken_back": pgettext_lazy("a payment", "Taken back"),
    "document": gettext_lazy("Document"),
    "due_on": pgettext_lazy("a sum", "To be paid by"),
    "credited": gettext_lazy("Credited"),
    "dispute": gettext_lazy("Disputed"),
    "step": gettext_lazy("Days late"),
}
OF_PAYMENTS: dict[str, Label] = {
    "payment.record": pgettext_lazy("a payment", "Written down"),
    "payment.receive": pgettext_lazy("a payment", "Received"),
    "payment.fail": pgettext_lazy("a payment", "Failed"),
    "payment.share": pgettext_lazy("a payment", "Shared out"),
    "payment.ask-refund": pgettext_lazy("a payment", "Asked to give back"),
    "payment.refund": pgettext_lazy("a payment", "Given back"),
    "payment.take-back": pgettext_lazy("a payment", "Taken back"),
    "payment.restore": pgettext_lazy("a payment", "There again"),
}
OF_DUES: dict[str, Label] = {
    "due.open": pgettext_lazy("a due", "Opened"),
    "due.credit": pgettext_lazy("a due", "Credited"),
    "due.dispute": pgettext_lazy("a due", "Disputed"),
    "due.accept": pgettext_lazy("a due", "Owed after all"),
    "due.remind": pgettext_lazy("a due", "Reminded"),
}


def register_changes() -> None:
    """Called once, when the program starts."""
    show("payment", gettext_lazy("Payments"), FIELDS, words=_of_payments, actions=OF_PAYMENTS)
    show("due", gettext_lazy("What is owed"), FIELDS, words=_of_dues, actions=OF_DUES)


def _value(_name: str, raw: Any) -> str:
    return ", ".join(str(each) for each in raw.values()) if isinstance(raw, dict) else value_words(raw)


def _of_payments(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Payment.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    things = {one.pk: Thing(money_words(one.amount, one.currency), f"/payments/{one.pk}") for one in seen}
    return Telling(_value, things)


def _of_dues(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    seen = Due.objects.visible_to(principal).filter(pk__in=[entry.object_id for entry in entries])
    return Telling(_value, {one.pk: Thing(one.document, f"/dues/{one.pk}") for one in seen})
