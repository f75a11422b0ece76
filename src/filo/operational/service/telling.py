"""What people are told of requests: one that was given to them, one whose time runs out, a customer who wants them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.service.digest import declare_digest
from filo.operational.service.models import Ticket

GIVEN, DUE_SOON, OVERDUE, WANTED, WROTE, UNHAPPY = (
    "ticket.given",
    "ticket.due-soon",
    "ticket.overdue",
    "ticket.person-wanted",
    "ticket.customer-wrote",
    "ticket.unhappy",
)


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_digest()
    declare_subject("ticket", _seen)
    for kind in (
        NoticeKind(GIVEN, gettext_lazy("A request for me"), "life-buoy", _given, by_mail=True),
        NoticeKind(DUE_SOON, gettext_lazy("A request is due soon"), "clock", _due_soon),
        NoticeKind(OVERDUE, gettext_lazy("A request is late"), "triangle-alert", _overdue, by_mail=True),
        NoticeKind(WANTED, gettext_lazy("A customer wants a person"), "phone-incoming", _wanted, by_mail=True),
        NoticeKind(WROTE, gettext_lazy("A customer wrote on the page of his request"), "message-circle", _wrote),
        NoticeKind(UNHAPPY, gettext_lazy("A customer is not content"), "circle-alert", _unhappy, by_mail=True),
    ):
        declare_kind(kind)


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {ticket.pk: str(ticket) for ticket in Ticket.objects.visible_to(principal).filter(pk__in=ids)}


def _given(facts: Facts) -> str:
    return _("%(actor)s gave you the request %(name)s") % {"actor": facts.actor, "name": facts.name}


def _due_soon(facts: Facts) -> str:
    if facts.data.get("clock") == "answer":
        return _("To be answered soon: %(name)s") % {"name": facts.name}
    return _("To be solved soon: %(name)s") % {"name": facts.name}


def _overdue(facts: Facts) -> str:
    if facts.data.get("clock") == "answer":
        return _("Late with the answer: %(name)s") % {"name": facts.name}
    return _("Late with the solution: %(name)s") % {"name": facts.name}


def _wanted(facts: Facts) -> str:
    if facts.data.get("way") == "call":
        return _("The customer wants to be called: %(name)s") % {"name": facts.name}
    return _("The customer wants a person: %(name)s") % {"name": facts.name}


def _wrote(facts: Facts) -> str:
    return _("The customer wrote about %(name)s") % {"name": facts.name}


def _unhappy(facts: Facts) -> str:
    return _("Not content with %(name)s: %(score)s of 5") % {"name": facts.name, "score": facts.data.get("score")}
