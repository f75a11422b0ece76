"""A calendar as other programs read it (RFC 5545): each occurrence by itself, in UTC, so that no zone is mistaken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from filo.operational.activities.sources import Item

FOLD = 75  # octets of a line


def calendar_text(
    name: str, items: Sequence[Item], names: Mapping[UUID, str], *, zone: ZoneInfo, now: datetime, site: str
) -> str:
    """The whole file. `names` are the customers one sees."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Filo//Calendar//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    lines += [f"X-WR-CALNAME:{_escaped(name)}", f"X-WR-TIMEZONE:{zone.key}", "REFRESH-INTERVAL;VALUE=DURATION:PT15M"]
    for item in items:
        lines += _event(item, names.get(item.party, "") if item.party else "", zone, now, site)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(item: Item, name: str, zone: ZoneInfo, now: datetime, site: str) -> list[str]:
    day = f"-{item.day:%Y%m%d}" if item.day else ""
    title = f"{item.title} · {name}" if name else item.title
    lines = ["BEGIN:VEVENT", f"UID:{item.source}-{item.id}{day}@filo", f"DTSTAMP:{_utc(now)}"]
    if item.all_day:
        first, last = item.starts.astimezone(zone).date(), item.ends.astimezone(zone).date()
        lines += [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last:%Y%m%d}"]
    else:
        lines += [f"DTSTART:{_utc(item.starts)}", f"DTEND:{_utc(item.ends)}"]
    lines.append(f"SUMMARY:{_escaped(title)}")
    if item.place:
        lines.append(f"LOCATION:{_escaped(item.place)}")
    lines += [f"URL:{site}{item.url}", f"TRANSP:{'TRANSPARENT' if item.all_day else 'OPAQUE'}", "END:VEVENT"]
    return lines


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 octets; what goes on begins with a space. No letter is cut in two."""
    found, now, size = [], "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > FOLD:
            found.append(now)
            now, size = " ", 1
        now, size = now + letter, size + octets
    return [*found, now]
