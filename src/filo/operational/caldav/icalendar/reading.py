"""A VCALENDAR as the appointment, or the series with its exceptions, that a program wants.

Who is invited, and whatever else Filo has no place for, is left out. Alarms are kept for the program as they came.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from filo.operational.caldav.errors import NoCalendar, NotExpressible, OtherThing, Refused
from filo.operational.caldav.icalendar.lines import Component, Line, read_calendar
from filo.operational.caldav.icalendar.rules import ONCE, read_rule
from filo.operational.caldav.icalendar.times import When, read_all, read_length, read_when

MOST_EXCEPTIONS = 400
ALARMS_LIMIT = 4_000  # letters; more than that is left out
SHORTEST = 5  # minutes; programs know appointments without a length


@dataclass(frozen=True)
class Wanted:
    """One appointment: facts as the verbs take them, and alarms as they came."""

    facts: dict[str, Any]
    alarms: str = ""


@dataclass(frozen=True)
class WantedSeries:
    """An appointment; of a series the days `without` it, and others `instead` of those of their days."""

    uid: str
    whole: Wanted
    without: frozenset[date] = frozenset()
    instead: dict[date, Wanted] = field(default_factory=dict)


def read_wanted(data: bytes, home: ZoneInfo) -> WantedSeries:
    """What a program sent. `home`: where clocks without a zone hang. Raises `Refused`."""
    calendar = read_calendar(data)
    events = calendar.named("VEVENT")
    if calendar.named("VTODO") or calendar.named("VJOURNAL") or calendar.named("VFREEBUSY"):
        raise OtherThing
    uids = {event.words("UID").strip() for event in events}
    wholes = [event for event in events if not event.first("RECURRENCE-ID")]
    if len(uids) != 1 or len(wholes) > 1:
        raise NoCalendar
    if not wholes:
        raise Refused(_("One day of a series comes alone: the series itself is missing."))
    uid = uids.pop()
    if not uid or len(uid) > 255 or not uid.isprintable():
        raise NoCalendar
    return _series(uid, wholes[0], [event for event in events if event is not wholes[0]], home)


def _series(uid: str, event: Component, others: list[Component], home: ZoneInfo) -> WantedSeries:
    if event.first("RDATE") or event.first("EXRULE") or len(list(event.each("RRULE"))) > 1:
        raise NotExpressible
    whole, zone = _wanted(event, home), home
    if rule := event.first("RRULE"):
        zone = _zone_of(event, home, of_series=True)
        facts = whole.facts
        facts["zone"] = zone.key
        facts |= read_rule(rule.value, first=facts["starts_at"], zone=zone, whole=facts["all_day"])
    elif others:
        raise Refused(_("One day of a series comes alone: the series itself is missing."))
    without = {when.day_in(zone) for line in event.each("EXDATE") for when in read_all(line)} if rule else set()
    instead = {_day_of(other, zone): _wanted(other, zone) for other in others}
    if len(without) + len(instead) > MOST_EXCEPTIONS:
        raise NotExpressible(_("A series may have %(most)s exceptions.") % {"most": MOST_EXCEPTIONS})
    return WantedSeries(uid, whole, frozenset(without - set(instead)), instead)


def _day_of(event: Component, zone: ZoneInfo) -> date:
    line = event.first("RECURRENCE-ID")
    if line is None or "RANGE" in line.parameters:
        raise NotExpressible(_("A series cannot be changed from one day on: end it there, and begin another."))
    return read_when(line).day_in(zone)


def _wanted(event: Component, home: ZoneInfo) -> Wanted:
    line = event.first("DTSTART")
    if line is None:
        raise NoCalendar
    start, zone = read_when(line), _zone_of(event, home)
    begins = start.moment(zone)
    minutes = _minutes(event, start, begins, zone)
    facts = {
        "title": event.words("SUMMARY").strip() or _("Without a title"),
        "place": event.words("LOCATION"),
        "note": event.words("DESCRIPTION"),
        "starts_at": begins,
        "minutes": minutes,
        "all_day": start.clock is None,
        "zone": zone.key,
    }
    return Wanted(facts | ONCE, _alarms(event))


def _zone_of(event: Component, home: ZoneInfo, *, of_series: bool = False) -> ZoneInfo:
    """Where its clock hangs. One that is told in UTC and comes once is shown by the clock at home."""
    line = event.first("DTSTART")
    zone = read_when(line).zone if line else None
    return home if zone is None or (zone.key == "UTC" and not of_series) else zone


def _minutes(event: Component, start: When, begins: datetime, zone: ZoneInfo) -> int:
    if start.clock is None:
        return _days(event, start) * 24 * 60
    length = _length(event.first("DTEND"), event.first("DURATION"), begins, zone)
    if length < timedelta():
        raise Refused(_("It ends before it begins."))
    return max(SHORTEST, round(length.total_seconds() / 60))


def _length(end: Line | None, duration: Line | None, begins: datetime, zone: ZoneInfo) -> timedelta:
    if end:
        return read_when(end).moment(zone) - begins
    return read_length(duration.value) if duration else timedelta()


def _days(event: Component, start: When) -> int:
    end, duration = event.first("DTEND"), event.first("DURATION")
    if end:
        return max(1, (read_when(end).day - start.day).days)
    return max(1, read_length(duration.value).days) if duration else 1


def _alarms(event: Component) -> str:
    text = "\n".join(line for alarm in event.named("VALARM") for line in alarm.raw if line.isprintable())
    return text if len(text) <= ALARMS_LIMIT else ""
