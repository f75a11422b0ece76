"""What the lists of dues and payments may be narrowed by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.filters.conditions import CHOICE, DAY, PAST, among, by_day, by_id, values_of
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import YES_NO, codes, labels, words_in, yes_or_no
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.payments.models import DIRECTIONS, KINDS, METHODS, SOURCES, STATES

# Each with the days late of its first and its last day; None: without end.
AGES: dict[str, tuple[int | None, int | None]] = {
    "not-due": (None, 0),
    "1-30": (1, 30),
    "31-60": (31, 60),
    "61-90": (61, 90),
    "over-90": (91, None),
}
AGE_LABELS = [
    ("not-due", gettext_lazy("not due yet")),
    ("1-30", gettext_lazy("1 to 30 days")),
    ("31-60", gettext_lazy("31 to 60 days")),
    ("61-90", gettext_lazy("61 to 90 days")),
    ("over-90", gettext_lazy("over 90 days")),
]


def of_age(age: str) -> Q:
    """Open dues that are so many days late today. Raises KeyError."""
    first, last = AGES[age]
    today, found = clock.today(), Q(settled_on=None)
    if first is not None:
        found &= Q(due_on__lte=today - timedelta(days=first))
    if last is not None:
        found &= Q(due_on__gte=today - timedelta(days=last))
    return found


def _age(_principal: Principal, operator: str, value: Any) -> Q:
    wanted = values_of(operator, value)
    if not set(wanted) <= AGES.keys():
        raise ValueError
    found = Q(pk__in=[])
    for age in wanted:
        found |= of_age(age)
    return ~found if operator == "is-not" else found


def _party(principal: Principal, operator: str, value: Any) -> Q:
    """Of customers that one sees: others are nobody's."""
    return by_id("party")(principal, operator, value) & Q(party__in=Party.objects.visible_to(principal))


def _company(_principal: Principal, operator: str, value: Any) -> Q:
    found = Q(company__code__in=values_of(operator, value))
    return ~found if operator == "is-not" else found


def _colleagues(_principal: Principal) -> list[tuple[str, str]]:
    return [("me", _("me")), *((str(user.id), user.name) for user in active_people())]


def _companies(_principal: Principal) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in SellingCompany.objects.all()]


_SHARED = (
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party),
    FilterField("owner", gettext_lazy("Who follows the customer"), CHOICE, by_id("owner"), _colleagues),
    FilterField("company", gettext_lazy("Company"), CHOICE, _company, _companies),
)
DUE_FILTERS = FilterSet.of(
    FilterField("open", gettext_lazy("Still open"), ("is",), yes_or_no(lambda: Q(settled_on=None)), labels(YES_NO)),
    FilterField("age", gettext_lazy("Days late"), CHOICE, _age, labels(AGE_LABELS)),
    FilterField(
        "late",
        gettext_lazy("Overdue"),
        ("is",),
        yes_or_no(lambda: Q(settled_on=None, due_on__lt=clock.today())),
        labels(YES_NO),
    ),
    FilterField(
        "disputed", gettext_lazy("Disputed"), ("is",), yes_or_no(lambda: Q(disputed_at__isnull=False)), labels(YES_NO)
    ),
    FilterField("kind", gettext_lazy("Kind"), CHOICE, among("kind", codes(KINDS)), labels(KINDS)),
    FilterField("due", pgettext_lazy("a sum", "To be paid by"), DAY, by_day("due_on")),
    *_SHARED,
)
PAYMENT_FILTERS = FilterSet.of(
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", codes(STATES)), labels(STATES)),
    FilterField("method", gettext_lazy("Way to pay"), CHOICE, among("method", codes(METHODS)), labels(METHODS)),
    FilterField("source", gettext_lazy("Came by"), CHOICE, among("source", codes(SOURCES)), labels(SOURCES)),
    FilterField(
        "direction", gettext_lazy("Direction"), CHOICE, among("direction", codes(DIRECTIONS)), labels(DIRECTIONS)
    ),
    FilterField(
        "credit",
        gettext_lazy("With credit left"),
        ("is",),
        yes_or_no(lambda: Q(state="succeeded", direction="in", amount__gt=F("shared") + F("refunded"))),
        labels(YES_NO),
    ),
    FilterField("paid", pgettext_lazy("a payment", "Paid on"), PAST, by_day("paid_on")),
    FilterField("reference", gettext_lazy("Reference"), ("is", "contains"), words_in("reference")),
    *_SHARED,
)
