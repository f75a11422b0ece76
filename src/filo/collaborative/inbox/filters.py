"""What a list of conversations may be narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.inbox.models import CHANNELS, STATES
from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, PAST, among, by_id, by_moment, values_of
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.operational.parties.models import Party
from filo.operational.service.models import GroupMember, ServiceGroup


def _group(principal: Principal, operator: str, value: Any) -> Q:
    """By code; *mine* are the groups one works in, *none* is with no group."""
    wanted = values_of(operator, value)
    found = Q(group__in=ServiceGroup.objects.filter(code__in=wanted))
    if "mine" in wanted:
        found |= Q(group__in=GroupMember.objects.filter(user=principal.user_id).values("group"))
    if "none" in wanted:
        found |= Q(group=None)
    return ~found if operator == "is-not" else found


def _assignee(principal: Principal, operator: str, value: Any) -> Q:
    """By id; *me*, and *none* for nobody."""
    wanted = [part for part in values_of(operator, value) if part != "none"]
    found = by_id("assignee")(principal, "in", wanted) if wanted else Q(pk__in=[])
    if "none" in values_of(operator, value):
        found |= Q(assignee=None)
    return ~found if operator == "is-not" else found


def _party(principal: Principal, operator: str, value: Any) -> Q:
    """Conversations with customers that one sees: others are with nobody."""
    return by_id("party")(principal, operator, value) & Q(party__in=Party.objects.visible_to(principal))


def _is(column: str) -> Any:
    def condition(_principal: Principal, _operator: str, value: Any) -> Q:
        if not isinstance(value, bool):
            raise ValueError
        return Q(**{column: value})

    return condition


CONVERSATION_FILTERS = FilterSet.of(
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", dict(STATES))),
    FilterField("group", gettext_lazy("Group"), CHOICE, _group),
    FilterField("assignee", pgettext_lazy("a request", "Who has it"), CHOICE, _assignee),
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party),
    FilterField("ticket", gettext_lazy("Request"), ("is", "in"), by_id("ticket")),
    FilterField("channel", gettext_lazy("Came by"), CHOICE, among("channel", dict(CHANNELS))),
    FilterField("wants_person", gettext_lazy("Wants a person"), ("is",), _is("wants_person")),
    FilterField("needs_sorting", gettext_lazy("To sort"), ("is",), _is("needs_sorting")),
    FilterField("private", gettext_lazy("Personal mail"), ("is",), _is("private")),
    FilterField("last", gettext_lazy("Last message"), PAST, by_moment("last_at")),
)
