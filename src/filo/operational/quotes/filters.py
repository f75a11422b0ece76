"""What lists of quotes may be narrowed by."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation import clock
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
from filo.foundation.filters.usual import YES_NO, labels, yes_or_no
from filo.foundation.organisation.models import SellingCompany
from filo.operational.parties.models import Party
from filo.operational.quotes.models import OPEN, OUT, STATES

SOON = timedelta(days=7)


def expiring() -> Q:
    """With the customer, and for a week more at most."""
    return Q(state__in=OUT, valid_until__lte=clock.today() + SOON)


def _people(principal: Principal, operator: str, value: Any) -> Q:
    wanted = values_of(operator, value)
    ids = [principal.user_id if part == "me" else UUID(part) for part in wanted if part != "none"]
    found = Q(owner__in=ids) if ids else Q(pk__in=[])
    if "none" in wanted:
        found |= Q(owner=None)
    return ~found if operator == "is-not" else found


def _company(_principal: Principal, operator: str, value: Any) -> Q:
    found: Q = Q(company__in=SellingCompany.objects.filter(code__in=values_of(operator, value)))
    return ~found if operator == "is-not" else found


def _party(principal: Principal, operator: str, value: Any) -> Q:
    """Quotes of customers that one sees: others are nobody's."""
    found: Q = by_id("party")(principal, operator, value) & Q(party__in=Party.objects.visible_to(principal))
    return found


def _companies(_principal: Principal) -> list[tuple[str, str]]:
    return [(row.code, row.name) for row in SellingCompany.objects.all()]


def _colleagues(_principal: Principal) -> list[tuple[str, str]]:
    return [("me", _("me")), ("none", _("nobody")), *((str(user.id), user.name) for user in active_people())]


QUOTE_FILTERS = FilterSet.of(
    FilterField("state", gettext_lazy("State"), CHOICE, among("state", [code for code, _l in STATES]), labels(STATES)),
    FilterField("open", gettext_lazy("Open"), ("is",), yes_or_no(lambda: Q(state__in=OPEN)), labels(YES_NO)),
    FilterField("unanswered", gettext_lazy("Unanswered"), ("is",), yes_or_no(lambda: Q(state__in=OUT)), labels(YES_NO)),
    FilterField("expiring", gettext_lazy("Expiring soon"), ("is",), yes_or_no(expiring), labels(YES_NO)),
    FilterField("owner", pgettext_lazy("a quote", "Who has it"), CHOICE, _people, _colleagues),
    FilterField("company", gettext_lazy("Company"), CHOICE, _company, _companies),
    FilterField("party", gettext_lazy("Customer"), ("is", "in"), _party),
    FilterField("deal", gettext_lazy("Deal"), ("is", "in"), by_id("deal")),
    FilterField("total", gettext_lazy("Total"), NUMBER[:3], by_number("total"), shape="number"),
    FilterField("valid", gettext_lazy("Valid until"), DAY, by_day("valid_until"), shape="day"),
    FilterField("sent", pgettext_lazy("a quote", "Sent"), PAST, by_moment("sent_at"), shape="day"),
    FilterField("created", pgettext_lazy("a quote", "Begun"), PAST, by_moment("created_at"), shape="day"),
)
