"""What people are told of customers: that one is theirs now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.parties.models import Party

GIVEN = "party.given"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("party", _seen)
    declare_kind(NoticeKind(GIVEN, gettext_lazy("A customer for me"), "handshake", _given, by_mail=True))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Party.objects.visible_to(principal).filter(pk__in=ids).values_list("pk", "display_name"))


def _given(facts: Facts) -> str:
    return _("%(actor)s gave you a customer: %(name)s") % {"actor": facts.actor, "name": facts.name}
