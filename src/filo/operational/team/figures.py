"""What is counted of a person's day: each topic declares its own measures, from rows that one may look at."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Aggregate, Count, Q, QuerySet
from django.utils.functional import Promise

from filo.foundation.access.principal import Principal
from filo.operational.team.spans import Span


@dataclass(frozen=True)
class Row:
    """One of the rows behind a figure."""

    at: datetime
    words: str
    url: str
    party: UUID | None = None


@dataclass(frozen=True)
class Measure:
    """`rows(principal)` are those that one sees, `only` narrows them; `person` and `moment` name their columns.

    Measures over the same `rows` are counted in one query. `told` makes rows of a list; `right` is the access object.
    `said(how_many)` is the sentence of so many, with a place for the %(number)s: a label alone has no singular.
    """

    code: str
    label: str | Promise
    icon: str
    right: str
    rows: Callable[[Principal], QuerySet[Any]]
    person: str
    moment: str
    told: Callable[[Sequence[Any]], list[Row]]
    only: Q = field(default_factory=Q)
    place: int = 50
    said: Callable[[int], str] = field(kw_only=True)

    def within(self, span: Span) -> Q:
        """The rows of a span."""
        return self.only & Q(**{f"{self.moment}__gte": span.since, f"{self.moment}__lt": span.until})


_measures: dict[str, Measure] = {}


def declare_measure(measure: Measure) -> None:
    """Make a measure known; panels call this once, when the program starts."""
    _measures[measure.code] = measure


def measures(principal: Principal | None = None) -> list[Measure]:
    """Every measure in its order, or those whose rows this principal may look at."""
    found = sorted(_measures.values(), key=lambda one: (one.place, one.code))
    return [one for one in found if principal is None or principal.may(one.right, "view")]


def measure_coded(code: str) -> Measure | None:
    """The measure of this code."""
    return _measures.get(code)


Counts = Mapping[tuple[str, int], Mapping[UUID, int]]


def counted(principal: Principal, people: Collection[UUID], spans: Sequence[Span]) -> Counts:
    """Numbers by (measure, number of the span) and person: one query for all measures over the same rows."""
    found: dict[tuple[str, int], dict[UUID, int]] = {}
    for group in _by_source(measures(principal)):
        first = group[0]
        asked: dict[str, Aggregate] = {}
        for measure in group:
            for number, span in enumerate(spans):
                asked[f"{measure.code}__{number}".replace("-", "_")] = Count("pk", filter=measure.within(span))
        wanted = reduce(or_, (measure.within(span) for measure in group for span in spans))
        rows = first.rows(principal).filter(wanted, **{f"{first.person}__in": list(people)})
        for row in rows.order_by().values(first.person).annotate(**asked):
            for measure in group:
                for number, _span in enumerate(spans):
                    value = row[f"{measure.code}__{number}".replace("-", "_")]
                    found.setdefault((measure.code, number), {})[row[first.person]] = value
    return found


MOST_ROWS = 300


def rows_behind(
    principal: Principal, measure: Measure, person: UUID, span: Span, *, most: int = MOST_ROWS
) -> list[Row]:
    """The rows of a figure, the latest first."""
    found = measure.rows(principal).filter(measure.within(span), **{measure.person: person})
    return measure.told(list(found.order_by(f"-{measure.moment}", "-pk")[:most]))


def _by_source(known: Sequence[Measure]) -> list[list[Measure]]:
    groups: dict[tuple[Any, str], list[Measure]] = {}
    for measure in known:
        groups.setdefault((measure.rows, measure.person), []).append(measure)
    return list(groups.values())
