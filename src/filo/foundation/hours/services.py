"""Time by a calendar of work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import UUIDField
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import InvalidFields
from filo.foundation.hours.models import BusinessCalendar, ClosedDay
from filo.foundation.hours.reckoning import Hours, Span, after_work, spans_from, worked_between
from filo.foundation.prepared import Prepared, asked

_STANDARD = Prepared(lambda: BusinessCalendar.objects.filter(standard=True)[:1])
_CLOSED = Prepared(lambda: ClosedDay.objects.filter(calendar=asked("calendar", UUIDField())))


def default_calendar() -> BusinessCalendar:
    """The calendar of the house: the standard one, made with an office's hours where there is none yet."""
    found = _STANDARD.first()
    return found or BusinessCalendar.objects.get_or_create(standard=True, defaults={"name": "Orario d’ufficio"})[0]


def hours_of(calendar: BusinessCalendar) -> Hours:
    """What a calendar says, ready to be reckoned with."""
    week = tuple(
        tuple(
            Span(time.fromisoformat(start), time.fromisoformat(end)) for start, end in calendar.week.get(str(day), [])
        )
        for day in range(7)
    )
    closed = frozenset(closed.day for closed in _CLOSED.rows(calendar=calendar.pk))
    return Hours(week, ZoneInfo(calendar.time_zone), calendar.country, calendar.region, closed)


def working_time(calendar: BusinessCalendar, start: datetime, end: datetime) -> timedelta:
    """How long was worked between two aware moments."""
    return worked_between(hours_of(calendar), start, end)


def after_working(calendar: BusinessCalendar, start: datetime, span: timedelta) -> datetime:
    """When so much has been worked since a moment. Raises `NeverOpen`."""
    return after_work(hours_of(calendar), start, span)


def is_open(calendar: BusinessCalendar, moment: datetime) -> bool:
    """Whether the house is open at a moment."""
    opens, _closes = next(spans_from(hours_of(calendar), moment))
    return opens <= moment


def next_opening(calendar: BusinessCalendar, moment: datetime) -> datetime:
    """When it opens next, or the moment itself while it is open. Raises `NeverOpen`."""
    opens, _closes = next(spans_from(hours_of(calendar), moment))
    return max(opens, moment)


def save_calendar(
    principal: Principal, calendar: BusinessCalendar | None, facts: Mapping[str, Any]
) -> BusinessCalendar:
    """Keep a calendar with its closed days ({day: why}). Raises `Forbidden`, `InvalidFields` for a name taken.

    What was promised before stays promised; the new hours hold for what is reckoned from now on.
    """
    principal.require("settings", "edit")
    found = calendar or BusinessCalendar(standard=not BusinessCalendar.objects.filter(standard=True).exists())
    if BusinessCalendar.objects.filter(name=facts["name"]).exclude(pk=found.pk).exists():
        raise InvalidFields({"name": _("There is one of this name already.")})
    names = ("name", "time_zone", "country", "region", "week")
    with transaction.atomic():
        changes = {name: (getattr(found, name), facts[name]) for name in names if getattr(found, name) != facts[name]}
        for name in names:
            setattr(found, name, facts[name])
        found.version += 1
        found.save()
        wanted: Mapping[date, str] = facts["closed"]
        kept = dict(found.closed_days.values_list("day", "name"))
        if kept != wanted:
            found.closed_days.all().delete()
            ClosedDay.objects.bulk_create(ClosedDay(calendar=found, day=day, name=why) for day, why in wanted.items())
            changes["closed"] = (sorted(map(str, kept)), sorted(map(str, wanted)))
        record(principal, "calendar.save", kind="calendar", object_id=found.id, changes=changes)
    return found


def make_standard(principal: Principal, calendar: BusinessCalendar) -> None:
    """From now on the house keeps these hours where nothing else is said. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        BusinessCalendar.objects.filter(standard=True).update(standard=False)
        BusinessCalendar.objects.filter(pk=calendar.pk).update(standard=True)
        record(principal, "calendar.make-standard", kind="calendar", object_id=calendar.id, changes={})
