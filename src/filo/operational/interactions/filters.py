"""What a list of interactions may be narrowed by."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, NUMBER, PAST, among, by_id, by_moment, by_number
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.operational.interactions.models import CHANNELS, DIRECTIONS


def _at(principal: Principal, operator: str, value: Any) -> Q:
    if operator in ("before", "after"):
        return Q(at__lt=_moment(value)) if operator == "before" else Q(at__gte=_moment(value))
    return by_moment("at")(principal, operator, value)


def _moment(value: Any) -> datetime:
    """A day stands for its beginning where one is; a moment needs its zone."""
    if len(str(value)) == 10:
        return clock.midnight(date.fromisoformat(str(value)))
    found = datetime.fromisoformat(str(value))
    if found.tzinfo is None:
        raise ValueError
    return found


def _labels(pairs: Any) -> Callable[[Principal], list[tuple[str, str]]]:
    return lambda _principal: [(code, str(label)) for code, label in pairs]


INTERACTION_FILTERS = FilterSet.of(
    FilterField(
        "channel",
        gettext_lazy("Channel"),
        CHOICE,
        among("channel", [code for code, _label in CHANNELS]),
        _labels(CHANNELS),
    ),
    FilterField(
        "direction", gettext_lazy("Who began?"), CHOICE, among("direction", ["in", "out", ""]), _labels(DIRECTIONS)
    ),
    FilterField("party", gettext_lazy("Customer"), CHOICE, by_id("party")),
    FilterField("author", gettext_lazy("Written by"), CHOICE, by_id("author")),
    FilterField("outcome", gettext_lazy("Outcome"), CHOICE, among("outcome__code")),
    FilterField("at", gettext_lazy("When"), PAST, _at),
    FilterField("minutes", gettext_lazy("Minutes"), NUMBER, by_number("minutes"), shape="number"),
)
