"""What the list of requests may be narrowed by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.filters.conditions import CHOICE, DAY, PAST, among, by_id, by_moment, values_of
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import YES_NO, codes, labels, words_in, yes_or_no
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.service.models import (
    PRIORITIES,
    SCORES,
    SEVERITIES,
    STATES,
    TYPES,
    WAITS,
    Complaint,
    ComplaintCause,
    GroupMember,
    ServiceGroup,
    Survey,
)

OPEN = ("new", "open", "waiting")
CHANNELS = [
    ("mail", gettext_lazy("E-mail")),
    ("phone", gettext_lazy("Telephone")),
    ("form", gettext_lazy("Form")),
    ("chat", gettext_lazy("Chat")),
    ("portal", gettext_lazy("Portal")),
    ("visit", gettext_lazy("In person")),
    ("letter", gettext_lazy("Letter")),
]


def _late(_principal: Principal, _operator: str, value: Any) -> Q:
    """Whether an answer or a solution is owed since some time."""
    if str(value) not in ("yes", "no"):
        raise ValueError
    late = Q(owed_by__lt=clock.now())
    return late if str(value) == "yes" else ~late | Q(owed_by=None)


def _people(path: str) -> Any:
    def condition(principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        ids = [principal.user_id if part == "me" else UUID(part) for part in wanted if part != "none"]
        found = Q(**{f"{path}__in": ids}) if ids else Q(pk__in=[])
        if "none" in wanted:
            found |= Q(**{f"{path}__isnull": True})
        return ~found if operator == "is-not" else found

    return condition


def _group(principal: Principal, operator: str, value: Any) -> Q:
    """By code; *mine* are the groups one works in."""
    wanted = values_of(operator, value)
    found = Q(group__in=ServiceGroup.objects.filter(code__in=wanted))
    if "none" in wanted:
        found |= Q(group=None)
    if "mine" in wanted:
        found |= Q(group__in=GroupMember.objects.filter(user=principal.user_id).values("group"))
    return ~found if operator == "is-not" else found


def _party(principal: Principal, operator: str, value: Any) -> Q:
    """Requests of customers that one sees: others are nobody's."""
    return by_id("party")(principal, operator, value) & Q(party__in=Party.objects.visible_to(principal))


def _company(_principal: Principal, operator: str, value: Any) -> Q:
    found = Q(company__code__in=values_of(operator, value))
    return ~found if operator == "is-not" else found


def _of(model: Any, column: str) -> Any:
    """A fact of the complaint or the survey that belongs to a request; "none" is what was not said."""

    def condition(_principal: Principal, operator: str, value: Any) -> Q:
        wanted = values_of(operator, value)
        rows = model.objects.filter(ticket=OuterRef("pk"))
        known = [part for part in wanted if part != "none"]
        found = Q(Exists(rows.filter(**{f"{column}__in": known}))) if known else Q(pk__in=[])
        if "none" in wanted:
            found |= ~Q(Exists(rows.exclude(**{column: None})))
        return ~found if operator == "is-not" else found

    return condition


def _groups(_principal: Principal) -> list[tuple[str, str]]:
    return [
        ("mine", _("mine")),
        ("none", _("none")),
        *((group.code, group.name) for group in ServiceGroup.objects.all()),
    ]


def _colleagues(_principal: Principal) -> list[tuple[str, str]]:
    return [("me", _("me")), ("none", _("nobody")), *((str(user.id), user.name) for user in active_people())]


def _companies(_principal: Principal) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in SellingCompany.objects.all()]


def _causes(_principal: Principal) -> list[tuple[str, str]]:
    return [*((str(row.id), row.name) for row in ComplaintCause.objects.all()), ("none", _("not said"))]


def _scores(_principal: Principal) -> list[tuple[str, str]]:
    return [*((str(score), str(score)) for score in SCORES), ("none", _("not said"))]


TICKET_FILTERS = FilterSet.of(
    FilterField("open", gettext_lazy("Still open"), ("is",), yes_or_no(lambda: Q(state__in=OPEN)), labels(YES_NO)),
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", codes(STATES)), labels(STATES)),
    FilterField("late", gettext_lazy("Late"), ("is",), _late, labels(YES_NO)),
    FilterField("waiting_on", gettext_lazy("Waits for"), CHOICE, among("waiting_on", codes(WAITS)), labels(WAITS)),
    FilterField("type", gettext_lazy("Type"), CHOICE, among("type", codes(TYPES)), labels(TYPES)),
    FilterField("priority", gettext_lazy("Priority"), CHOICE, among("priority", codes(PRIORITIES)), labels(PRIORITIES)),
    FilterField("group", gettext_lazy("Group"), CHOICE, _group, _groups),
    FilterField("assignee", pgettext_lazy("a request", "Who has it"), CHOICE, _people("assignee"), _colleagues),
    FilterField("owner", gettext_lazy("Who follows the customer"), CHOICE, _people("owner"), _colleagues),
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party),
    FilterField("company", gettext_lazy("Company"), CHOICE, _company, _companies),
    FilterField("channel", gettext_lazy("Came by"), CHOICE, among("channel"), labels(CHANNELS)),
    FilterField("product", gettext_lazy("Product"), ("is", "contains", "empty", "set"), words_in("product")),
    FilterField("opened", pgettext_lazy("a moment", "Opened"), PAST, by_moment("opened_at")),
    FilterField("due", gettext_lazy("Owed by"), DAY, by_moment("owed_by")),
    FilterField("solved", pgettext_lazy("a moment", "Solved"), DAY, by_moment("solved_at")),
    FilterField("reason", gettext_lazy("Closed because"), ("is", "contains", "empty", "set"), words_in("close_reason")),
    FilterField("cause", gettext_lazy("Cause of the complaint"), CHOICE, _of(Complaint, "cause"), _causes),
    FilterField("severity", gettext_lazy("Severity"), CHOICE, _of(Complaint, "severity"), labels(SEVERITIES)),
    FilterField("score", gettext_lazy("Satisfaction"), CHOICE, _of(Survey, "score"), _scores),
    FilterField(
        "wants_person",
        gettext_lazy("Wants a person"),
        ("is",),
        yes_or_no(lambda: Q(person_wanted_at__isnull=False)),
        labels(YES_NO),
    ),
)
