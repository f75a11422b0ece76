"""How something comes again: RRULE as the rule that Filo keeps, and back. What it cannot say is refused, never bent."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from filo.operational.activities.models import Appointment
from filo.operational.activities.recurring import at_wall
from filo.operational.caldav.errors import NoCalendar, NotExpressible
from filo.operational.caldav.icalendar.times import LAST_YEAR, when_of
from filo.operational.caldav.icalendar.zones import DAYS

ONCE: dict[str, Any] = {"freq": "", "every": 1, "weekdays": [], "until": None, "count": None}
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST"}
MOST_TIMES = 999


def read_rule(text: str, *, first: datetime, zone: ZoneInfo, whole: bool) -> dict[str, Any]:
    """The facts of an RRULE for what begins at `first`. Raises `NoCalendar`, `NotExpressible`."""
    parts = dict(part.split("=", 1) for part in text.strip().upper().split(";") if "=" in part)
    local = first.astimezone(zone)
    if set(parts) - KNOWN:
        raise NotExpressible
    every, count = _number(parts, "INTERVAL") or 1, _number(parts, "COUNT")
    if count and count > MOST_TIMES:
        raise NotExpressible
    found = _often(parts, every, local.date())
    if not 1 <= found["every"] <= 99:
        raise NotExpressible
    until = _last_day(parts["UNTIL"], local.time(), zone, whole=whole) if "UNTIL" in parts else None
    return ONCE | found | {"until": until, "count": count}


def _often(parts: dict[str, str], every: int, first: date) -> dict[str, Any]:
    freq, days = parts.get("FREQ", ""), _weekdays(parts)
    on_its_day = _is(parts, "BYMONTHDAY", first.day)
    if freq == "DAILY" and not days and not _has(parts, "BYMONTH", "BYMONTHDAY"):
        return {"freq": "day", "every": every}
    by_weeks = freq == "WEEKLY" or (freq == "DAILY" and every == 1)
    if by_weeks and not _has(parts, "BYMONTH", "BYMONTHDAY") and _begins_on_monday(parts, every, days):
        return {"freq": "week", "every": every, "weekdays": days}
    if freq == "MONTHLY" and not days and on_its_day and not _has(parts, "BYMONTH"):
        return {"freq": "month", "every": every}
    if freq == "YEARLY" and not days and on_its_day and _is(parts, "BYMONTH", first.month):
        return {"freq": "month", "every": every * 12}
    raise NotExpressible


def _has(parts: dict[str, str], *names: str) -> bool:
    return any(name in parts for name in names)


def _is(parts: dict[str, str], name: str, number: int) -> bool:
    return parts.get(name, str(number)) == str(number)


def _begins_on_monday(parts: dict[str, str], every: int, days: list[int]) -> bool:
    """Weeks are counted from Monday; it matters where some are left out and several days are wanted."""
    return every == 1 or len(days) < 2 or parts.get("WKST", "MO") == "MO"


def _weekdays(parts: dict[str, str]) -> list[int]:
    wanted = [name for name in parts.get("BYDAY", "").split(",") if name]
    if any(name not in DAYS for name in wanted):  # “the second Monday”
        raise NotExpressible
    return sorted({DAYS.index(name) for name in wanted})


def _number(parts: dict[str, str], name: str) -> int | None:
    text = parts.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text)):
        raise NoCalendar
    return int(text)


def _last_day(text: str, begins: time, zone: ZoneInfo, *, whole: bool) -> date | None:
    """The last day on which it may begin; None for one that nobody reaches."""
    if text[:4].isdigit() and int(text[:4]) > LAST_YEAR:
        return None
    until = when_of(text)
    if until.clock is None or whole:
        return until.day
    local = until.moment(zone).astimezone(zone)
    day: date = local.date()
    return day if local.time() >= begins else date.fromordinal(max(1, day.toordinal() - 1))


def rule_words(found: Appointment) -> str:
    """RRULE of a series."""
    every, freq = found.every, {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY"}[found.freq]
    if found.freq == "month" and every % 12 == 0:
        freq, every = "YEARLY", every // 12
    parts = [f"FREQ={freq}"]
    parts += [f"INTERVAL={every}"] if every > 1 else []
    parts += [f"BYDAY={','.join(DAYS[day] for day in sorted(found.weekdays))}"] if found.weekdays else []
    if found.count:
        parts.append(f"COUNT={found.count}")
    elif found.until and found.all_day:
        parts.append(f"UNTIL={found.until:%Y%m%d}")
    elif found.until:
        last = at_wall(found.until, found.starts_at.astimezone(found.tz).time(), found.tz)
        parts.append(f"UNTIL={last:%Y%m%dT%H%M%SZ}")
    return f"RRULE:{';'.join(parts)}"
