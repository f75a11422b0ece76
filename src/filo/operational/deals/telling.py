"""What people are told of deals: one that was given to them, one that stands still."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.deals.digest import declare_digest
from filo.operational.deals.models import Deal

GIVEN, STALE = "deal.given", "deal.stale"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_digest()
    declare_subject("deal", _seen)
    declare_kind(NoticeKind(GIVEN, gettext_lazy("A deal for me"), "handshake", _given, by_mail=True))
    declare_kind(NoticeKind(STALE, gettext_lazy("A deal stands still"), "hourglass", _stale))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {deal.pk: str(deal) for deal in Deal.objects.visible_to(principal).filter(pk__in=ids)}


def _given(facts: Facts) -> str:
    if facts.actor:
        return _("%(actor)s gave you the deal %(name)s") % {"actor": facts.actor, "name": facts.name}
    return _("The deal %(name)s is yours now") % {"name": facts.name}


def _stale(facts: Facts) -> str:
    return _("Nothing happened for long: %(name)s") % {"name": facts.name}
