"""What people are told of approvals: something to decide, and what became of what they asked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.notices.kinds import Facts, NoticeKind, declare_kind, declare_subject
from filo.operational.approvals.models import Approval

ASKED, DECIDED = "approval.asked", "approval.decided"


def declare_notices() -> None:
    """Called once, when the program starts."""
    declare_subject("approval", _seen)
    declare_kind(NoticeKind(ASKED, gettext_lazy("Something to approve"), "badge-check", _asked))
    declare_kind(NoticeKind(DECIDED, gettext_lazy("What I asked was decided"), "badge-check", _decided))


def _seen(principal: Principal, ids: Collection[UUID]) -> Mapping[UUID, str]:
    return {one.pk: str(one) for one in Approval.objects.visible_to(principal).filter(pk__in=ids)}


def _asked(facts: Facts) -> str:
    return _("%(actor)s asks you to approve %(name)s") % {"actor": facts.actor, "name": facts.name}


def _decided(facts: Facts) -> str:
    if facts.data.get("approved"):
        return _("%(actor)s approved %(name)s") % {"actor": facts.actor, "name": facts.name}
    return _("%(actor)s did not approve %(name)s") % {"actor": facts.actor, "name": facts.name}
