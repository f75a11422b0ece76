"""What people are told of invoices: rejected, not delivered, refused, or not sent at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.invoices.models import Invoice

REJECTED, UNDELIVERED, REFUSED = "invoice.rejected", "invoice.undelivered", "invoice.refused"
NOT_SENT: Final = "invoice.not-sent"
OF_STATES: Final[Mapping[str, str]] = {"rejected": REJECTED, "undelivered": UNDELIVERED, "refused": REFUSED}


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("invoice", _seen)
    declare_kind(NoticeKind(REJECTED, gettext_lazy("The exchange rejected an invoice"), "triangle-alert", _rejected))
    declare_kind(NoticeKind(UNDELIVERED, gettext_lazy("An invoice was not delivered"), "circle-alert", _undelivered))
    declare_kind(NoticeKind(REFUSED, gettext_lazy("An office refused an invoice"), "triangle-alert", _refused))
    declare_kind(NoticeKind(NOT_SENT, gettext_lazy("An invoice did not leave"), "triangle-alert", _not_sent))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = Invoice.objects.visible_to(principal).filter(pk__in=ids)
    return {row.pk: f"{row.number} {row.other_name}".strip() for row in rows}


def _rejected(facts: Facts) -> str:
    return _("Rejected by the exchange: invoice %(name)s") % {"name": facts.name}


def _undelivered(facts: Facts) -> str:
    return _("Not delivered to the customer: invoice %(name)s") % {"name": facts.name}


def _refused(facts: Facts) -> str:
    return _("Refused by the office: invoice %(name)s") % {"name": facts.name}


def _not_sent(facts: Facts) -> str:
    return _("Not sent: invoice %(name)s") % {"name": facts.name}
