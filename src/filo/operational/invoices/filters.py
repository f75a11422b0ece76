"""What lists of invoices may be narrowed by."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
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
from filo.operational.invoices.fatturapa.codes import TYPES
from filo.operational.invoices.models import DIRECTIONS, STATES
from filo.operational.invoices.queries.finding import overdue
from filo.operational.parties.models import Party


def _company(_principal: Principal, operator: str, value: Any) -> Q:
    found = Q(company__in=SellingCompany.objects.filter(code__in=values_of(operator, value)))
    return ~found if operator == "is-not" else found


def _party(principal: Principal, operator: str, value: Any) -> Q:
    """Invoices of customers that one sees: others are nobody's."""
    found: Q = by_id("party")(principal, operator, value) & Q(party__in=Party.objects.visible_to(principal))
    return found


INVOICE_FILTERS = FilterSet.of(
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", codes(STATES)), labels(STATES)),
    FilterField(
        "direction",
        gettext_lazy("Direction"),
        CHOICE,
        among("direction", codes(DIRECTIONS)),
        labels(DIRECTIONS),
    ),
    FilterField("type", gettext_lazy("Kind"), CHOICE, among("type", TYPES), labels(list(TYPES.items()))),
    FilterField("overdue", gettext_lazy("Overdue"), ("is",), yes_or_no(overdue), labels(YES_NO)),
    FilterField("company", gettext_lazy("Company"), CHOICE, _company, names_of(SellingCompany)),
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party),
    FilterField("total", gettext_lazy("Total"), NUMBER[:3], by_number("total"), shape="number"),
    FilterField("date", gettext_lazy("Date"), PAST, by_day("date"), shape="day"),
    FilterField("due", pgettext_lazy("a sum", "To be paid by"), DAY, by_day("due_on"), shape="day"),
    FilterField("created", pgettext_lazy("an invoice", "Begun"), PAST, by_moment("created_at"), shape="day"),
)
