"""A part of a file that comes in within one transaction, and what became of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from filo.operational.transfer.facts import Problem


@dataclass(frozen=True)
class Part:
    """Rows as (number, cells), in the order of the file where they can be; what is known of them besides."""

    rows: list[tuple[int, list[str]]]
    known: Any = None


@dataclass
class Outcome:
    """What became of a row. again: an earlier row of the file said the same. thing: see `ImportRow`; subject: its
    `thing_code`.
    """

    number: int
    cells: list[str]
    outcome: str
    subject: str = ""
    thing: UUID | None = None
    party_id: UUID | None = None
    again: bool = False
    problems: list[Problem] = field(default_factory=list)
