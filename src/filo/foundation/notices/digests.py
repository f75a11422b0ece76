"""What a digest tells besides unread notices: each topic declares its part of a person's day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal

MOST_LINES = 15


@dataclass(frozen=True)
class Line:
    """One thing, and the address of its page, without the host."""

    words: str
    url: str


@dataclass(frozen=True)
class DigestPart:
    """`lines` gives what a person has now, as far as he may see it, at most `MOST_LINES`; `url` leads to all of it."""

    code: str
    label: str | Promise
    url: str
    lines: Callable[[Principal], Sequence[Line]]


_parts: dict[str, tuple[int, DigestPart]] = {}


def declare_part(part: DigestPart, *, place: int) -> None:
    """Make a part known; panels call this once, when the program starts. The lowest place comes first."""
    _parts[part.code] = (place, part)


def day_of_person(principal: Principal) -> list[tuple[DigestPart, Sequence[Line]]]:
    """The parts in which there is something, in their order, in the active language and time zone."""
    ordered = [part for _place, part in sorted(_parts.values(), key=lambda found: found[0])]
    told = ((part, part.lines(principal)[:MOST_LINES]) for part in ordered)
    return [(part, lines) for part, lines in told if lines]
