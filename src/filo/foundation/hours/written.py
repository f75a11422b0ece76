"""Hours and closed days as people write them, a span and a day at a time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, time

_SPAN = re.compile(r"(\d{1,2})[:.]?(\d{2})?\s*[-–]\s*(\d{1,2})[:.]?(\d{2})?")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


class Unreadable(ValueError):
    """A line that says neither a span nor a day; its text is what was read."""


def spans_written(spans: Sequence[Sequence[str]]) -> str:
    """09:00-13:00, 14:00-18:00; empty for a day of rest."""
    return ", ".join(f"{start}-{end}" for start, end in spans)


def spans_read(text: str) -> list[list[str]]:
    """The spans of a day, in their order, as they are kept. Raises `Unreadable` for what is none or overlaps."""
    found: list[list[str]] = []
    for part in re.split(r"[,;]", text):
        if not part.strip():
            continue
        read = _SPAN.fullmatch(part.strip())
        if read is None:
            raise Unreadable(part)
        try:
            start, end = time(int(read[1]), int(read[2] or 0)), time(int(read[3]), int(read[4] or 0))
        except ValueError:
            raise Unreadable(part) from None
        if end <= start or (found and f"{start:%H:%M}" < found[-1][1]):
            raise Unreadable(part)
        found.append([f"{start:%H:%M}", f"{end:%H:%M}"])
    return found


def days_read(text: str) -> dict[date, str]:
    """The closed days, one a line: the day, then why (2026-12-24 Vigilia). Raises `Unreadable`."""
    found: dict[date, str] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        read = _DAY.match(line.strip())
        if read is None:
            raise Unreadable(line)
        year, month, number = (read[1], read[2], read[3]) if read[1] else (read[6], read[5], read[4])
        try:
            day = date(int(year), int(month), int(number))
        except ValueError:
            raise Unreadable(line) from None
        found[day] = line.strip()[read.end() :].strip(" -–:")[:80]
    return found
