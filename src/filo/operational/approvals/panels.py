"""What approvals show on the pages of others: the rail, notices, the words of their changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import also_read
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import Telling, Thing, show
from filo.foundation.audit.usual import value_words
from filo.foundation.push import topics
from filo.foundation.web.slots import Entry, add_entry
from filo.operational.approvals.models import STATES, Approval, StandIn
from filo.operational.approvals.policies import STANDS_IN_UNTIL
from filo.operational.approvals.telling import declare_notices

FIELDS = {
    "state": gettext_lazy("State"),
    "why": gettext_lazy("Why"),
    "note": gettext_lazy("Note"),
    "stand_in_id": gettext_lazy("Who decides for me"),
    "from_day": gettext_lazy("From"),
    "until_day": gettext_lazy("Until, included"),
}
ACTIONS = {
    "approval.ask": pgettext_lazy("an approval", "Asked"),
    "approval.decide": pgettext_lazy("an approval", "Decided"),
    "approval.withdraw": pgettext_lazy("an approval", "No longer asked"),
    "approval.stand-in": pgettext_lazy("an approval", "Stand-in changed"),
}


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    also_read(STANDS_IN_UNTIL, _stands_in_until)
    show("approval", gettext_lazy("Approvals"), FIELDS, words=_words, actions=ACTIONS)
    topics.register("approvals", lambda principal, _key: principal.may("approval", "view"))
    add_entry(
        "rail",
        Entry("/approvals", "badge-check", gettext_lazy("To approve"), _sees, place=23, counted=_waiting, key="g y"),
    )


def _stands_in_until() -> Subquery:
    """The last day on which somebody stands in for others, as far as it is known now."""
    days = StandIn.objects.filter(stand_in=OuterRef("pk")).order_by("-until_day")
    return Subquery(days.values("until_day")[:1])


def _sees(principal: Principal) -> bool:
    return principal.may("approval", "view")


def _waiting(principal: Principal) -> QuerySet[Approval] | None:
    if not principal.user_id or not _sees(principal):
        return None
    return Approval.objects.visible_to(principal).to_be_decided_by(principal)


def _words(principal: Principal, entries: Sequence[AuditEntry]) -> Telling:
    ids = [entry.object_id for entry in entries]
    seen = Approval.objects.visible_to(principal).filter(pk__in=ids)
    things = {one.pk: Thing(str(one), "/approvals") for one in seen}
    states = {code: str(label) for code, label in STATES}

    def value(name: str, raw: Any) -> str:
        return states.get(str(raw), str(raw)) if name == "state" and raw else value_words(raw)

    return Telling(value, things)
