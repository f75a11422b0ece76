"""Offers, and how often they were taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.filters.conditions import CHOICE, PAST, among, by_id, by_moment
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.web.paging import Key
from filo.operational.offers.models import CHANNELS, RULES, STATES, Offer, OfferLine
from filo.operational.parties.models import Party

SORTS = {
    "-created_at": (Key("created_at", descending=True), Key("id", descending=True)),
    "created_at": (Key("created_at"), Key("id")),
}
OFFER_FILTERS = FilterSet.of(
    FilterField("state", "state", CHOICE, among("state", [code for code, _label in STATES])),
    FilterField("channel", "channel", CHOICE, among("channel", [code for code, _label in CHANNELS])),
    FilterField("party", "party", CHOICE, by_id("party")),
    FilterField("created_at", "created_at", PAST, by_moment("created_at")),
)


@dataclass(frozen=True)
class Rate:
    """How many offers with a rule or by a way were decided, and how many of these were taken."""

    code: str
    label: str
    made: int
    decided: int
    accepted: int

    @property
    def percent(self) -> int | None:
        """Of a hundred that were decided, how many were taken."""
        return round(100 * self.accepted / self.decided) if self.decided else None


def offers_found(
    principal: Principal, *, state: str = "", channel: str = "", rule: str = "", party: UUID | None = None
) -> QuerySet[Offer]:
    """The offers one sees, narrowed."""
    found = Offer.objects.visible_to(principal).filter(party__in=Party.objects.visible_to(principal).values("pk"))
    for name, value in (("state", state), ("channel", channel)):
        found = found.filter(**{name: value}) if value else found
    if rule:
        found = found.filter(pk__in=OfferLine.objects.filter(rule=rule).values("offer"))
    return found.filter(party=party) if party else found


def seen_offer(principal: Principal, offer_id: UUID) -> Offer:
    """One offer. Raises `NotFound`."""
    found = offers_found(principal).for_list().filter(pk=offer_id).first()  # type: ignore[attr-defined]  # its own
    if found is None:
        raise NotFound
    return found  # type: ignore[no-any-return]


def rates(principal: Principal, since: date) -> tuple[list[Rate], list[Rate]]:
    """How often offers made since a day were taken: by rule, and by way."""
    rows = offers_found(principal).filter(created_at__gte=clock.midnight(since)).order_by()
    sums = {
        "made": Count("pk", distinct=True),
        "decided": Count("pk", distinct=True, filter=~Q(state="open")),
        "accepted": Count("pk", distinct=True, filter=Q(state="accepted")),
    }
    return _rates(rows, "lines__rule", RULES, sums), _rates(rows, "channel", CHANNELS, sums)


def _rates(rows: QuerySet[Offer], column: str, labels: list, sums: dict) -> list[Rate]:  # type: ignore[type-arg]
    found = {row[column]: row for row in rows.values(column).annotate(**sums)}
    told = [
        Rate(code, str(label), found[code]["made"], found[code]["decided"], found[code]["accepted"])
        for code, label in labels
        if code in found
    ]
    return sorted(told, key=lambda one: (-(one.percent or 0), -one.made))
