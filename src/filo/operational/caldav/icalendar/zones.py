"""Time zones between iCalendar and the clocks of the house: which one a program means, and how one is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext as _

from filo.operational.caldav.errors import Refused

# What Windows calls the zones of Europe, and those beside it that firms write to most.
OF_WINDOWS = {
    "W. Europe Standard Time": "Europe/Berlin",
    "Romance Standard Time": "Europe/Paris",
    "Central Europe Standard Time": "Europe/Budapest",
    "Central European Standard Time": "Europe/Warsaw",
    "GMT Standard Time": "Europe/London",
    "Greenwich Standard Time": "Atlantic/Reykjavik",
    "E. Europe Standard Time": "Europe/Chisinau",
    "FLE Standard Time": "Europe/Kyiv",
    "GTB Standard Time": "Europe/Bucharest",
    "Turkey Standard Time": "Europe/Istanbul",
    "Russian Standard Time": "Europe/Moscow",
    "Eastern Standard Time": "America/New_York",
    "Central Standard Time": "America/Chicago",
    "Mountain Standard Time": "America/Denver",
    "Pacific Standard Time": "America/Los_Angeles",
    "China Standard Time": "Asia/Shanghai",
    "Tokyo Standard Time": "Asia/Tokyo",
    "UTC": "UTC",
}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def zone_named(name: str) -> ZoneInfo:
    """Europe/Rome, /some.program/Europe/Rome, or what Windows calls it. Raises `Refused`."""
    known, parts = available_timezones(), name.strip().strip("/").split("/")
    ends = ("/".join(parts[-length:]) for length in (len(parts), 3, 2, 1))
    for wanted in (OF_WINDOWS.get(name.strip(), ""), *ends):
        if wanted in known:
            return ZoneInfo(wanted)
    raise Refused(_("The time zone “%(name)s” is not known.") % {"name": name[:60]})


@lru_cache(maxsize=200)
def zone_lines(zone: ZoneInfo, year: int) -> tuple[str, ...]:
    """The VTIMEZONE of a zone, told from the turns of its clock in a year, as if it turned so in every one after."""
    turns = _turns(zone, year)
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone.key}"]
    if len(turns) != 2:  # it never turns, or in its own way: as it stands at the end of the year
        now = datetime(year, 12, 31, tzinfo=zone)
        lines += ["BEGIN:STANDARD", f"DTSTART:{year}0101T000000", f"TZNAME:{now.tzname()}"]
        lines += [f"TZOFFSETFROM:{_offset(now)}", f"TZOFFSETTO:{_offset(now)}", "END:STANDARD"]
    for turn in turns if len(turns) == 2 else ():
        before, after = (turn - timedelta(seconds=1)).astimezone(zone), turn.astimezone(zone)
        wall = (turn + (before.utcoffset() or timedelta())).replace(tzinfo=None)
        kind = "DAYLIGHT" if after.dst() else "STANDARD"
        lines += [f"BEGIN:{kind}", f"DTSTART:{wall:%Y%m%dT%H%M%S}", f"RRULE:{_yearly(wall.date())}"]
        lines += [f"TZNAME:{after.tzname()}", f"TZOFFSETFROM:{_offset(before)}", f"TZOFFSETTO:{_offset(after)}"]
        lines.append(f"END:{kind}")
    return (*lines, "END:VTIMEZONE")


def _turns(zone: ZoneInfo, year: int) -> list[datetime]:
    """The moments of a year at which the clock is turned."""
    first = datetime(year, 1, 1, tzinfo=UTC)
    days = [first + timedelta(days=number) for number in range(367)]
    return [
        _turn(zone, before, after)
        for before, after in pairwise(days)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset()
    ]


def _turn(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    at_first = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        before, after = (middle, after) if middle.astimezone(zone).utcoffset() == at_first else (before, middle)
    return after


def _yearly(day: date) -> str:
    last = (day + timedelta(days=7)).month != day.month
    number = -1 if last else (day.day - 1) // 7 + 1
    return f"FREQ=YEARLY;BYMONTH={day.month};BYDAY={number}{DAYS[day.weekday()]}"


def _offset(moment: datetime) -> str:
    return f"{moment:%z}"[:5]
