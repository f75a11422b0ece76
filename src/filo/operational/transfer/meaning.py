"""What a column can mean."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

ORGANISATIONS, PEOPLE, PARTIES = "organisations", "people", "parties"
ALL, PERSONS = (ORGANISATIONS, PEOPLE, PARTIES), (PEOPLE, PARTIES)


@dataclass(frozen=True)
class Field:
    """A meaning; a role from whom `masked_by` is hidden may neither write nor match by it."""

    code: str
    label: str | Promise
    kinds: tuple[str, ...] = ALL
    masked_by: str = ""
