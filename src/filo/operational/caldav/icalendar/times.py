"""Days, moments and lengths as iCalendar writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from filo.operational.activities.recurring import at_wall
from filo.operational.caldav.errors import NoCalendar, Refused
from filo.operational.caldav.icalendar.lines import Line
from filo.operational.caldav.icalendar.zones import zone_named

FIRST_YEAR, LAST_YEAR = 1900, 2100
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)")
_MOMENT = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)")
_LENGTH = re.compile(r"([+-]?)P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?")


@dataclass(frozen=True)
class When:
    """A day, or what the clock says in a zone. `zone` None: a day, or the clock of wherever one is."""

    day: date
    clock: time | None = None
    zone: ZoneInfo | None = None

    def moment(self, home: ZoneInfo) -> datetime:
        """When that is for somebody at home there."""
        return at_wall(self.day, self.clock or time.min, self.zone or home)

    def day_in(self, zone: ZoneInfo) -> date:
        """The day it falls on by another clock."""
        return self.day if self.clock is None else self.moment(zone).astimezone(zone).date()


def read_when(line: Line) -> When:
    """The day or moment of a line. Raises `NoCalendar`, `Refused`."""
    return when_of(line.value.strip(), line.parameters.get("TZID", ""))


def read_all(line: Line) -> list[When]:
    """Those of a line with several."""
    return [when_of(value.strip(), line.parameters.get("TZID", "")) for value in line.value.split(",")]


def when_of(value: str, zone: str = "") -> When:
    """20260504, 20260504T090000 or 20260504T070000Z. Raises `NoCalendar`, `Refused`."""
    if value[:4].isdigit() and not FIRST_YEAR <= int(value[:4]) <= LAST_YEAR:
        raise Refused(_("This date cannot be right."))
    try:
        if found := _DAY.fullmatch(value):
            return When(date(*map(int, found.groups())))
        if found := _MOMENT.fullmatch(value):
            year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
            known = ZoneInfo("UTC") if found[7] else zone_named(zone) if zone else None
            return When(date(year, month, day), time(hour, minute, min(second, 59)), known)
    except ValueError:
        pass
    raise NoCalendar


def read_length(text: str) -> timedelta:
    """PT1H30M. Raises `NoCalendar`."""
    found = _LENGTH.fullmatch(text.strip())
    if found is None or not any(found.groups()[1:]):
        raise NoCalendar
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
    length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return -length if found[1] == "-" else length


def when_words(name: str, moment: datetime, zone: ZoneInfo, *, whole: bool) -> str:
    """A line that says when: a day, or the clock of its zone."""
    local = moment.astimezone(zone)
    if whole:
        return f"{name};VALUE=DATE:{local:%Y%m%d}"
    if zone.key == "UTC":
        return f"{name}:{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    return f"{name};TZID={zone.key}:{local:%Y%m%dT%H%M%S}"
