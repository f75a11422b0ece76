"""The calendar as pages show it: days with their items side by side, weeks of a month, people of a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from filo.foundation import clock
from filo.foundation.access.objects import Scope
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.operational.activities.agenda import busy_times, holidays_between
from filo.operational.activities.recurring import at_wall
from filo.operational.activities.sources import Item, items_of
from filo.operational.parties.queries.naming import names_of

WEEK = timedelta(days=7)
DAY_MINUTES = 24 * 60
MOST_PEOPLE = 60


@dataclass(frozen=True)
class Placed:
    """An item in a day: from which minute of the clock for how long, in which of how many lanes."""

    item: Item
    name: str
    minute: int
    minutes: int
    lane: int = 0
    lanes: int = 1


@dataclass(frozen=True)
class CalendarDay:
    """A day with what has an hour and what has none; `outside` the month that is shown."""

    day: date
    timed: Sequence[Placed]
    whole: Sequence[Placed]
    holiday: str
    is_today: bool
    outside: bool = False


@dataclass(frozen=True)
class TeamRow:
    """A colleague's days; of one whose calendar one does not see, only when he is busy."""

    person: User
    days: Sequence[CalendarDay]
    busy: Sequence[tuple[int, int, int]]  # number of the day, minute, minutes


def days_shown(view: str, day: date) -> list[date]:
    """The days a view shows; weeks begin on Monday, a month shows whole weeks."""
    if view == "day":
        return [day]
    first = day.replace(day=1) if view == "month" else day
    first -= timedelta(days=first.weekday())
    if view != "month":
        return [first + timedelta(days=number) for number in range(7)]
    after = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    weeks = -(-(after - first).days // 7)
    return [first + timedelta(days=number) for number in range(7 * weeks)]


def calendar_days(
    principal: Principal, people: Sequence[UUID], days: Sequence[date], zone: ZoneInfo, *, month: int = 0
) -> list[CalendarDay]:
    """The days with their items, as the clock of a zone tells them."""
    since, until = at_wall(days[0], time.min, zone), at_wall(days[-1] + timedelta(days=1), time.min, zone)
    items = items_of(principal, people, since, until)
    names = names_of(principal, {item.party for item in items if item.party})
    return _days(items, names, days, zone, month, closed=holidays_between(days[0], days[-1]))


def team_rows(principal: Principal, days: Sequence[date], zone: ZoneInfo) -> list[TeamRow]:
    """Those of one's unit and those one leads; items where one sees them, busy times of the others."""
    people = _team_of(principal)
    since, until = at_wall(days[0], time.min, zone), at_wall(days[-1] + timedelta(days=1), time.min, zone)
    ids = [person.pk for person in people]
    items = items_of(principal, ids, since, until)
    names = names_of(principal, {item.party for item in items if item.party})
    busy = busy_times(ids, since, until)
    closed = holidays_between(days[0], days[-1])
    return [
        TeamRow(
            person,
            _days([item for item in items if item.person == person.pk], names, days, zone, 0, closed=closed),
            _spread(busy.get(person.pk, []), days, zone),
        )
        for person in people
    ]


def _team_of(principal: Principal) -> list[User]:
    units = principal.unit_ids | ({principal.unit_id} if principal.unit_id else set())
    found = User.objects.filter(is_active=True).select_related("unit")
    if principal.scope("task", "view") is not Scope.ALL:
        found = found.filter(Q(unit__in=units) | Q(pk=principal.user_id))
    return list(found.order_by("unit__path", "given_name", "family_name", "id")[:MOST_PEOPLE])


def _days(
    items: Sequence[Item],
    names: Mapping[UUID, str],
    days: Sequence[date],
    zone: ZoneInfo,
    month: int,
    *,
    closed: Mapping[date, str],
) -> list[CalendarDay]:
    today = clock.today(zone)
    placed: dict[date, list[Placed]] = {day: [] for day in days}
    for item in items:
        for day in _days_of(item, zone):
            if day in placed:
                name = names.get(item.party, "") if item.party else ""
                placed[day].append(_on(item, name, day, zone))
    return [
        CalendarDay(
            day,
            side_by_side([one for one in placed[day] if not one.item.all_day]),
            [one for one in placed[day] if one.item.all_day],
            closed.get(day, ""),
            day == today,
            bool(month) and day.month != month,
        )
        for day in days
    ]


def _days_of(item: Item, zone: ZoneInfo) -> list[date]:
    first = item.starts.astimezone(zone).date()
    last = max(item.starts, item.ends - timedelta(seconds=1)).astimezone(zone).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _on(item: Item, name: str, day: date, zone: ZoneInfo) -> Placed:
    begin = _minute(item.starts, day, zone)
    end = _minute(item.ends, day, zone)
    return Placed(item, name, begin, max(15, end - begin))


def _minute(moment: datetime, day: date, zone: ZoneInfo) -> int:
    """The minute of the day by the clock on the wall; the days before and after end at its edges."""
    local = moment.astimezone(zone)
    if local.date() != day:
        return 0 if local.date() < day else DAY_MINUTES
    return local.hour * 60 + local.minute


def side_by_side(placed: Sequence[Placed]) -> list[Placed]:
    """Those that overlap share the width: each has a lane, and knows how many there are beside it."""
    found: list[Placed] = []
    group: list[tuple[Placed, int]] = []
    ends: list[int] = []
    for one in sorted(placed, key=lambda each: (each.minute, -each.minutes)):
        if ends and one.minute >= max(ends):
            found += _widened(group, len(ends))
            group, ends = [], []
        lane = next((number for number, end in enumerate(ends) if end <= one.minute), len(ends))
        ends[lane : lane + 1] = [one.minute + one.minutes]
        group.append((one, lane))
    return found + _widened(group, len(ends))


def _widened(group: Sequence[tuple[Placed, int]], lanes: int) -> list[Placed]:
    return [Placed(one.item, one.name, one.minute, one.minutes, lane, lanes) for one, lane in group]


def _spread(
    times: Sequence[tuple[datetime, datetime]], days: Sequence[date], zone: ZoneInfo
) -> list[tuple[int, int, int]]:
    found = []
    for number, day in enumerate(days):
        for start, end in times:
            begin, stop = _minute(start, day, zone), _minute(end, day, zone)
            if stop > begin:
                found.append((number, begin, stop - begin))
    return found
