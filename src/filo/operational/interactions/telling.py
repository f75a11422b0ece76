"""What people are told of what is written about customers: that somebody names them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.interactions.models import Interaction
from filo.operational.parties.models import Party

MENTIONED = "interaction.mentioned"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("interaction", _seen)
    declare_kind(NoticeKind(MENTIONED, gettext_lazy("Somebody names me"), "at-sign", _mentioned, by_mail=True))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    rows = Interaction.objects.visible_to(principal).filter(pk__in=ids, party__in=Party.objects.visible_to(principal))
    return dict(rows.values_list("pk", "party__display_name"))


def _mentioned(facts: Facts) -> str:
    return _("%(actor)s names you at %(name)s") % {"actor": facts.actor, "name": facts.name}
