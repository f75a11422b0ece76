"""The day of a team: people, what each did, what was planned, what it was before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Min, Q, QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import NotFound
from filo.foundation.hours.models import BusinessCalendar, office_hours
from filo.foundation.hours.reckoning import Hours
from filo.foundation.hours.services import hours_of
from filo.foundation.organisation.models import Unit
from filo.operational.interactions.models import Call
from filo.operational.team.figures import Counts, Measure, counted, measures
from filo.operational.team.models import Plan
from filo.operational.team.policies import TEAM_SEEN
from filo.operational.team.spans import WEEK, Span, span_of

MOST_PEOPLE = 300


@dataclass(frozen=True)
class Figure:
    """A number of a measure, what was planned (0: nothing), and what it was `before` and a week ago."""

    measure: Measure
    number: int
    planned: int
    before: int
    week_ago: int

    @property
    def kept(self) -> bool:
        return bool(self.planned) and self.number >= self.planned

    @property
    def change(self) -> int:
        """More or less than a week ago."""
        return self.number - self.week_ago


@dataclass(frozen=True)
class Total(Figure):
    """The sum of several people's figures; `by_plan` is how much of the number is of those who have a plan."""

    by_plan: int

    @property
    def kept(self) -> bool:
        return bool(self.planned) and self.by_plan >= self.planned


@dataclass(frozen=True)
class Waiting:
    """Calls that somebody has not written up, the oldest of them since when."""

    number: int
    since: datetime


@dataclass(frozen=True)
class Line:
    """A person's day."""

    person: User
    figures: Sequence[Figure]
    waiting: Waiting | None

    @property
    def is_empty(self) -> bool:
        return not any(figure.number or figure.planned for figure in self.figures) and not self.waiting


@dataclass(frozen=True)
class TeamDay:
    """Everybody's day and the sum of it; `so_far`: it is not over, and what it is compared with ends at this hour."""

    span: Span
    lines: Sequence[Line]
    total: Sequence[Total]
    units: Sequence[Unit]
    unit: Unit | None
    so_far: bool


def team_day(principal: Principal, span: Span, *, unit: UUID | None = None) -> TeamDay:
    """The day or week of those whom this principal leads (himself, for most); in a fixed number of queries."""
    people = people_seen(principal)
    units = {person.unit.pk: person.unit for person in people if person.unit}
    chosen = units.get(unit) if unit else None
    if chosen:
        people = [person for person in people if person.unit and person.unit.path.startswith(chosen.path)]
    now = clock.now()
    reached = span.so_far(now)
    hours = house_hours()
    ids = [person.pk for person in people]
    counts = counted(principal, ids, [span, *_compared(reached, hours)]) if ids else {}
    known = measures(principal)
    planned = planned_for(people, span, hours)
    waiting = _waiting(principal, ids) if span.holds(now.astimezone(span.zone).date()) else {}
    lines = [
        Line(person, [_figure(one, counts, planned, person.pk) for one in known], waiting.get(person.pk))
        for person in people
    ]
    total = [_sum(one, [line.figures[number] for line in lines]) for number, one in enumerate(known)]
    ordered = sorted(units.values(), key=lambda one: one.path)
    return TeamDay(span, lines, total, ordered, chosen, so_far=reached is not span)


def people_seen(principal: Principal) -> list[User]:
    """The active people whose day this principal may see, unit by unit, himself among them."""
    found = User.objects.filter(TEAM_SEEN.rows(principal), is_active=True).select_related("unit", "role")
    return list(found.order_by("unit__path", "given_name", "family_name", "id")[:MOST_PEOPLE])


def person_seen(principal: Principal, person: UUID) -> User | None:
    """One of them."""
    found = User.objects.filter(TEAM_SEEN.rows(principal), is_active=True, pk=person)
    return found.select_related("unit", "role").first()


def seen_plans(principal: Principal) -> QuerySet[Plan]:
    """The plans of the people whose day this principal may see, and of roles; those taken away among them."""
    people = User.objects.filter(TEAM_SEEN.rows(principal))
    return Plan.objects.filter(Q(person=None) | Q(person__in=people)).select_related("person", "role")


def seen_plan(principal: Principal, plan_id: UUID) -> Plan:
    """One of them. Raises `NotFound`."""
    found = seen_plans(principal).filter(pk=plan_id).first()
    if found is None:
        raise NotFound
    return found


def house_hours() -> Hours:
    """When the house is open; office hours with the holidays of Italy where it has not said so."""
    kept = BusinessCalendar.objects.filter(standard=True).first()
    return hours_of(kept or BusinessCalendar(name="", week=office_hours()))


def is_worked(hours: Hours, day: date) -> bool:
    """Whether the house is open on a day at all."""
    return any(True for _span in hours.spans(day))


def planned_for(people: Collection[User], span: Span, hours: Hours) -> Mapping[tuple[UUID, str], int]:
    """What was planned for each person and measure in a span, by the plan in force on each of its days; one's own plan
    counts before the role's.
    """
    roles = {person.role_id for person in people}
    wanted = Q(person__in=[person.pk for person in people]) | Q(role__in=roles)
    rows = Plan.objects.filter(wanted, removed_at=None, valid_from__lte=span.last).order_by("valid_from", "id")
    plans: dict[tuple[UUID | None, str], list[Plan]] = {}
    for row in rows:
        plans.setdefault((row.person_id or row.role_id, row.measure), []).append(row)
    worked = [day for day in span.days() if is_worked(hours, day)]
    week = sum(is_worked(hours, day) for day in span_of("week", span.first, span.zone).days())
    found = {}
    for person in people:
        for one in measures():
            own, roles_own = plans.get((person.pk, one.code), []), plans.get((person.role_id, one.code), [])
            days = Counter(_in_force(own, day) or _in_force(roles_own, day) for day in worked)
            planned = sum(share_of(plan, number, week) for plan, number in days.items() if plan is not None)
            found[person.pk, one.code] = planned
    return found


def _in_force(plans: Sequence[Plan], day: date) -> Plan | None:
    """The latest of one's plans that has begun by a day."""
    return next((plan for plan in reversed(plans) if plan.valid_from <= day), None)


def share_of(plan: Plan, days: int, week: int) -> int:
    """How much of a plan falls to so many worked days, in a week that has `week` of them; of a broken piece the whole
    one.
    """
    if plan.per == "day":
        return plan.number * days
    return -(-plan.number * days // week) if week else 0


def _compared(span: Span, hours: Hours) -> list[Span]:
    """The one before (the last day that was worked, the week before), and the same day a week ago."""
    if span.kind == "week":
        return [span.moved(-WEEK), span.moved(-4 * WEEK)]
    before = span.moved(timedelta(days=-1))
    for _number in range(10):
        if is_worked(hours, before.first):
            break
        before = before.moved(timedelta(days=-1))
    return [before, span.moved(-WEEK)]


def _figure(measure: Measure, counts: Counts, planned: Mapping[tuple[UUID, str], int], person: UUID) -> Figure:
    now, before, ago = (counts.get((measure.code, number), {}).get(person, 0) for number in range(3))
    return Figure(measure, now, planned.get((person, measure.code), 0), before, ago)


def _sum(measure: Measure, figures: Sequence[Figure]) -> Total:
    def total(name: str) -> int:
        return sum(getattr(figure, name) for figure in figures)

    by_plan = sum(figure.number for figure in figures if figure.planned)
    return Total(measure, total("number"), total("planned"), total("before"), total("week_ago"), by_plan)


def _waiting(principal: Principal, people: Collection[UUID]) -> dict[UUID, Waiting]:
    found = Call.objects.visible_to(principal).filter(person__in=people, state="ended").order_by()
    rows = found.values_list("person").annotate(Count("pk"), Min("ended_at"))
    return {person: Waiting(number, since) for person, number, since in rows}


def zone_of(principal: Principal) -> ZoneInfo:
    """In which a person lives his days."""
    return ZoneInfo(principal.time_zone)
