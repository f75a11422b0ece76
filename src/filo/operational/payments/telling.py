"""What people are told of payments: money that came in, one that failed, what is overdue."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.parties.queries.naming import names_of
from filo.operational.payments.models import Due, Payment

CAME, TWICE, FAILED, OVERDUE = "payment.came", "payment.twice", "payment.failed", "due.overdue"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("payment", _seen_payments)
    declare_subject("due", _seen_dues)
    declare_kind(NoticeKind(CAME, gettext_lazy("A payment came in"), "wallet", _came))
    declare_kind(NoticeKind(TWICE, gettext_lazy("A customer paid twice"), "triangle-alert", _twice))
    declare_kind(NoticeKind(FAILED, gettext_lazy("A payment failed"), "circle-alert", _failed))
    declare_kind(NoticeKind(OVERDUE, gettext_lazy("A customer has not paid in time"), "clock", _overdue))


def _seen_payments(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = Payment.objects.visible_to(principal).filter(pk__in=ids)
    names = names_of(principal, {row.party_id for row in rows if row.party_id})
    return {
        row.pk: f"{names.get(row.party_id, '') if row.party_id else ''} {money_words(row.amount, row.currency)}".strip()
        for row in rows
    }


def _seen_dues(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = Due.objects.visible_to(principal).filter(pk__in=ids)
    names = names_of(principal, {row.party_id for row in rows})
    return {
        row.pk: f"{names.get(row.party_id, '')} {row.document}, {money_words(row.left, row.currency)}".strip()
        for row in rows
    }


def _came(facts: Facts) -> str:
    return _("Came in: %(name)s") % {"name": facts.name}


def _twice(facts: Facts) -> str:
    return _("Paid twice, to be given back: %(name)s") % {"name": facts.name}


def _failed(facts: Facts) -> str:
    return _("A payment failed: %(name)s") % {"name": facts.name}


def _overdue(facts: Facts) -> str:
    return _("Not paid in time: %(name)s") % {"name": facts.name}
