"""What lists of orders may be narrowed by."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import active_people
from filo.foundation.filters.conditions import (
    CHOICE,
    DAY,
    NUMBER,
    PAST,
    among,
    by_day,
    by_id,
    by_moment,
    by_number,
    values_of,
)
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.filters.usual import YES_NO, codes, labels, names_of, yes_or_no
from filo.foundation.organisation.models import SellingCompany
from filo.operational.orders.states import SOURCES, STATES
from filo.operational.parties.models import Party


def _people(principal: Principal, operator: str, value: Any) -> Q:
    wanted = values_of(operator, value)
    found = Q(owner__in=[principal.user_id if part == "me" else UUID(part) for part in wanted if part != "none"])
    if "none" in wanted:
        found |= Q(owner=None)
    return ~found if operator == "is-not" else found


def _company(_principal: Principal, operator: str, value: Any) -> Q:
    found = Q(company__in=SellingCompany.objects.filter(code__in=values_of(operator, value)))
    return ~found if operator == "is-not" else found


def _party(principal: Principal, operator: str, value: Any) -> Q:
    """Orders of customers that one sees: others are nobody's."""
    found: Q = by_id("party")(principal, operator, value) & Q(party__in=Party.objects.visible_to(principal))
    return found


def _colleagues(_principal: Principal) -> list[tuple[str, str]]:
    return [("me", _("me")), ("none", _("nobody")), *((str(user.id), user.name) for user in active_people())]


ORDER_FILTERS = FilterSet.of(
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", codes(STATES)), labels(STATES)),
    FilterField(
        "source",
        pgettext_lazy("an order", "Came by"),
        CHOICE,
        among("source", codes(SOURCES)),
        labels(SOURCES),
    ),
    FilterField(
        "waiting", gettext_lazy("Waiting for goods"), ("is",), yes_or_no(lambda: Q(waits=True)), labels(YES_NO)
    ),
    FilterField("owner", pgettext_lazy("an order", "Who has it"), CHOICE, _people, _colleagues),
    FilterField("company", gettext_lazy("Company"), CHOICE, _company, names_of(SellingCompany)),
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party),
    FilterField("total", gettext_lazy("Total"), NUMBER[:3], by_number("total"), shape="number"),
    FilterField("promised", gettext_lazy("Promised for"), DAY, by_day("promised_date"), shape="day"),
    FilterField("confirmed", pgettext_lazy("an order", "Confirmed"), PAST, by_moment("confirmed_at"), shape="day"),
    FilterField("created", pgettext_lazy("an order", "Begun"), PAST, by_moment("created_at"), shape="day"),
)
