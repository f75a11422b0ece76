"""What tasks and appointments bring to the calendar, when somebody is busy, and which days are holidays."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import holidays
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import Forbidden, NotFound
from filo.foundation.hours.models import BusinessCalendar
from filo.operational.activities.appointments import move_appointment
from filo.operational.activities.models import Appointment, Task
from filo.operational.activities.recurring import at_wall, occurrences
from filo.operational.activities.services import edit_task
from filo.operational.activities.sources import Item, Move, Source, declare_source

TASK_LENGTH = timedelta(minutes=30)
MOST = 2_000
ICONS = {"meeting": "users", "visit": "map-pin", "call": "phone", "away": "hourglass"}


def declare_own_sources() -> None:
    """Called once, when the program starts."""
    declare_source(
        Source("appointments", gettext_lazy("Appointments"), "calendar", "task", _appointments, _move_appointment, 10)
    )
    declare_source(Source("tasks", gettext_lazy("Tasks"), "square-check", "task", _tasks, _move_task, 20))


def _appointments(principal: Principal, people: Collection[UUID], since: datetime, until: datetime) -> list[Item]:
    found = Appointment.objects.visible_to(principal).filter(owner__in=people, deleted_at=None)
    return [item for row in touching(found, since, until)[:MOST] for item in _occurring(row, since, until)]


def touching(found: QuerySet[Appointment], since: datetime, until: datetime) -> QuerySet[Appointment]:
    """Those that may fall into a stretch: none is longer than a month, a series may have begun long ago."""
    near = Q(freq="", starts_at__gte=since - timedelta(days=32))
    going = Q(until=None) | Q(until__gte=since.date() - timedelta(days=32))
    return found.filter(near | (~Q(freq="") & going), starts_at__lt=until).order_by("starts_at", "id")


def _occurring(row: Appointment, since: datetime, until: datetime) -> list[Item]:
    stretch = occurrences(
        row.rule,
        first=row.starts_at,
        length=row.length,
        zone=row.tz,
        skipped=row.skipped_days,
        since=since,
        until=until,
    )
    address = reverse("activities:appointment", args=[row.pk])
    return [
        Item(
            source="appointments",
            id=row.pk,
            person=row.owner_id,
            title=row.title,
            starts=start,
            ends=end,
            url=f"{address}?day={day.isoformat()}" if row.freq else address,
            all_day=row.all_day,
            party=row.party_id,
            place=row.place,
            moves=True,
            sizes=not row.all_day,
            day=day if row.freq else None,
            recurs=bool(row.freq),
        )
        for day, start, end in stretch
    ]


def _tasks(principal: Principal, people: Collection[UUID], since: datetime, until: datetime) -> list[Item]:
    zones = dict(User.objects.filter(pk__in=people).values_list("pk", "time_zone"))
    found = Task.objects.visible_to(principal).filter(assignee__in=people)
    days = (since.date() - timedelta(days=1), until.date() + timedelta(days=1))
    rows = found.filter(due_on__gte=days[0], due_on__lte=days[1]).order_by("due_on", "id")[:MOST]
    items = (_of_task(row, ZoneInfo(zones[row.assignee_id])) for row in rows)
    return [item for item in items if item.ends > since and item.starts < until]


def _of_task(row: Task, zone: ZoneInfo) -> Item:
    day = row.due_on or clock.today(zone)
    start = at_wall(day, row.due_time or time.min, zone)
    end = start + TASK_LENGTH if row.due_time else at_wall(day + timedelta(days=1), time.min, zone)
    return Item(
        source="tasks",
        id=row.pk,
        person=row.assignee_id,
        title=row.title,
        starts=start,
        ends=end,
        url=reverse("activities:edit", args=[row.pk]),
        all_day=row.due_time is None,
        party=row.party_id,
        moves=row.done_at is None,
        done=row.done_at is not None,
    )


def _move_appointment(principal: Principal, to: Move) -> str:
    found = Appointment.objects.visible_to(principal).filter(pk=to.id, deleted_at=None).first()
    if found is None:
        raise NotFound
    before = (found.starts_at, found.minutes)
    length = found.minutes if found.all_day else round((to.ends - to.starts).total_seconds() / 60)
    moved = move_appointment(principal, found, starts=to.starts, minutes=length, day=to.day)
    if moved.pk != found.pk:
        return reverse("activities:appointment-restore", args=[moved.pk])
    return back_to(Move(found.pk, before[0], before[0] + timedelta(minutes=before[1]), found.all_day), "appointments")


def _move_task(principal: Principal, to: Move) -> str:
    found = Task.objects.visible_to(principal).select_related("assignee").filter(pk=to.id).first()
    if found is None:
        raise NotFound
    if found.done_at is not None:
        raise Forbidden(_("It is done already: open it again before you move it."))
    zone = ZoneInfo(found.assignee.time_zone)
    before = _of_task(found, zone)
    local = to.starts.astimezone(zone)
    edit_task(principal, found, version=None, due_on=local.date(), due_time=None if to.all_day else local.time())
    return back_to(Move(found.pk, before.starts, before.ends, before.all_day), "tasks")


def back_to(to: Move, source: str) -> str:
    """The address that moves something to where it was."""
    starts, ends = to.starts.astimezone(UTC), to.ends.astimezone(UTC)
    all_day = "1" if to.all_day else ""
    words = f"source={source}&id={to.id}&starts={starts:%Y-%m-%dT%H:%M}Z&ends={ends:%Y-%m-%dT%H:%M}Z&all_day={all_day}"
    return f"{reverse('activities:calendar-move')}?{words}"


def busy_times(
    people: Collection[UUID], since: datetime, until: datetime
) -> Mapping[UUID, list[tuple[datetime, datetime]]]:
    """When colleagues are taken, and nothing else of it: whoever plans with them need not know why."""
    found: dict[UUID, list[tuple[datetime, datetime]]] = {}
    rows = Appointment.objects.filter(owner__in=people, deleted_at=None)
    for row in touching(rows, since, until)[:MOST]:
        taken = [(item.starts, item.ends) for item in _occurring(row, since, until)]
        found.setdefault(row.owner_id, []).extend(taken)
    return {person: _joined(times) for person, times in found.items()}


def _joined(times: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(times):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def holidays_between(first: date, last: date) -> dict[date, str]:
    """The days the house is closed, by name, in the active language."""
    kept = BusinessCalendar.objects.filter(standard=True).prefetch_related("closed_days").first()
    country, region = (kept.country, kept.region) if kept else ("IT", "")
    found: dict[date, str] = {}
    if country:
        language = "en_US" if (get_language() or "it").startswith("en") else "it_IT"
        years = range(first.year, last.year + 1)
        with suppress(NotImplementedError):  # an unknown country rests on no day that we know of
            found |= dict(holidays.country_holidays(country, subdiv=region or None, years=years, language=language))
    found |= {row.day: row.name or _("closed") for row in kept.closed_days.all()} if kept else {}
    return {day: name for day, name in found.items() if first <= day <= last}
