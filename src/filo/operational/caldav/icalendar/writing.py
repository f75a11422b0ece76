"""Appointments as other programs read them: with their rule, their exceptions and the zone of their clock."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from filo.operational.activities.ics import escaped, event_lines, text_of, utc
from filo.operational.activities.models import Appointment
from filo.operational.activities.recurring import at_wall
from filo.operational.activities.sources import Item
from filo.operational.caldav.icalendar.rules import rule_words
from filo.operational.caldav.icalendar.times import when_words
from filo.operational.caldav.icalendar.zones import zone_lines

PROGRAM = "PRODID:-//Filo//Calendar//EN"
_UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


def appointment_text(
    whole: Appointment,
    moved: Collection[Appointment],
    *,
    uid: str,
    alarms: Mapping[str, str],
    name: str = "",
    site: str = "",
) -> str:
    """The file of an appointment, a series with those moved away from it. `name`: of its customer, if one sees him."""
    others = [one for one in moved if one.instead_of] if whole.freq else []
    lines = _event(whole, uid, alarms.get("", ""), name, site)
    if whole.freq:  # after DTEND
        days = whole.skipped_days - {one.instead_of for one in others if one.instead_of}
        lines[5:5] = [rule_words(whole), *(_on_day("EXDATE", whole, day) for day in sorted(days))]
    for one in others:
        event = _event(one, uid, alarms.get(str(one.instead_of), ""), name, site)
        event.insert(2, _on_day("RECURRENCE-ID", whole, one.instead_of or date.min))
        lines += event
    return _calendar(lines, _zones([whole, *others]))


def item_text(item: Item, name: str, *, zone: ZoneInfo, site: str) -> str:
    """The file of something else in the calendar."""
    return _calendar(event_lines(item, name, zone, item.starts, site), [])


def titled(title: str, name: str) -> str:
    """What an appointment is called outside of Filo: with whom it is."""
    return f"{title} · {name}" if name else title


def _calendar(lines: Iterable[str], zones: Iterable[str]) -> str:
    every = ["BEGIN:VCALENDAR", "VERSION:2.0", PROGRAM, "CALSCALE:GREGORIAN", *zones, *lines, "END:VCALENDAR"]
    return text_of([_UNKEEPABLE.sub("", line) for line in every])


def _zones(found: Collection[Appointment]) -> list[str]:
    first = {one.zone: one.tz for one in found if not one.all_day and one.zone != "UTC"}
    year = min(one.starts_at.year for one in found)
    return [line for _name, zone in sorted(first.items()) for line in zone_lines(zone, year)]


def _event(found: Appointment, uid: str, alarms: str, name: str, site: str) -> list[str]:
    zone, whole = found.tz, found.all_day
    ends = found.starts_at + found.length
    if whole:
        ends = at_wall(found.starts_at.astimezone(zone).date() + _days(found), datetime.min.time(), zone)
    free = whole and found.kind != "away"
    lines = ["BEGIN:VEVENT", f"UID:{escaped(uid)}", f"DTSTAMP:{utc(found.created_at)}"]
    lines += [when_words("DTSTART", found.starts_at, zone, whole=whole), when_words("DTEND", ends, zone, whole=whole)]
    lines += [f"SUMMARY:{escaped(titled(found.title, name))}", f"SEQUENCE:{found.version - 1}"]
    lines += [f"LOCATION:{escaped(found.place)}"] if found.place else []
    lines += [f"DESCRIPTION:{escaped(found.note)}"] if found.note else []
    lines += [f"URL:{site}/calendar/{found.pk}", f"TRANSP:{'TRANSPARENT' if free else 'OPAQUE'}"]
    return [*lines, *alarms.splitlines(), "END:VEVENT"]


def _days(found: Appointment) -> timedelta:
    """How many days: a night in which the clock is turned makes none of them longer."""
    return timedelta(days=max(1, round(found.minutes / (24 * 60))))


def _on_day(name: str, series: Appointment, day: date) -> str:
    clock = series.starts_at.astimezone(series.tz).time()
    return when_words(name, at_wall(day, clock, series.tz), series.tz, whole=series.all_day)
