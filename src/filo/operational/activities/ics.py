"""A calendar as other programs read it (RFC 5545): each occurrence by itself, in UTC, so that no zone is mistaken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from filo.operational.activities.sources import Item

FOLD = 75  # octets of a line


def calendar_text(
    name: str, items: Sequence[Item], names: Mapping[UUID, str], *, zone: ZoneInfo, now: datetime, site: str
) -> str:
    """The whole file. `names` are the customers one sees."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Filo//Calendar//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{zone.key}", "REFRESH-INTERVAL;VALUE=DURATION:PT15M"]
    for item in items:
        lines += event_lines(item, names.get(item.party, "") if item.party else "", zone, now, site)
    lines.append("END:VCALENDAR")
    return text_of(lines)


def text_of(lines: Sequence[str]) -> str:
    """Lines as a file has them, folded."""
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def event_lines(item: Item, name: str, zone: ZoneInfo, now: datetime, site: str) -> list[str]:
    """One event, its lines not folded yet. `name`: of its customer."""
    day = f"-{item.day:%Y%m%d}" if item.day else ""
    title = f"{item.title} · {name}" if name else item.title
    lines = ["BEGIN:VEVENT", f"UID:{item.source}-{item.id}{day}@filo", f"DTSTAMP:{utc(now)}"]
    if item.all_day:
        first = item.starts.astimezone(zone).date()
        last = max(item.ends.astimezone(zone).date(), first + timedelta(days=1))  # a day in autumn has 25 hours
        lines += [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last:%Y%m%d}"]
    else:
        lines += [f"DTSTART:{utc(item.starts)}", f"DTEND:{utc(item.ends)}"]
    lines.append(f"SUMMARY:{escaped(title)}")
    if item.place:
        lines.append(f"LOCATION:{escaped(item.place)}")
    lines += [f"URL:{site}{item.url}", f"TRANSP:{'TRANSPARENT' if item.all_day else 'OPAQUE'}", "END:VEVENT"]
    return lines


def utc(moment: datetime) -> str:
    """20260504T070000Z."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A text as a value."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def folded(line: str) -> list[str]:
    """Lines of at most 75 octets; what goes on begins with a space. No letter is cut in two."""
    found, now, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > FOLD:
            found.append(now)
            now, size = " ", 1
        now, size = now + letter, size + octets
    return [*found, now]
