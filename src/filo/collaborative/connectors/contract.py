"""What a connector has to be: one folder under `kinds/`, in which `connector.py` holds a subclass of `BackOffice`.

A back office gives rows of plain text under its own column names. Filo maps the columns, compares each value with
what both sides knew last, and takes, keeps or asks (`comparing.py`). A connector knows nothing of that: it reads,
writes and counts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.utils.functional import Promise

from filo.foundation.errors import DomainError

Row = Mapping[str, str]


class NotConnected(DomainError):
    """The back office cannot be reached, or says something that is not understood; the sentence says which."""

    code, status = "back-office-away", 502

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows, in the order in which they hold. mark: how far the back office was read with them; as_of: how old
    they are (None: as of now); source: where they stand, for people (the name of a file); points: the columns whose
    numbers have a decimal point (None: all of them, as programs write).
    """

    rows: Sequence[Row]
    mark: str
    as_of: datetime | None = None
    source: str = ""
    points: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """What one side holds: how many rows, sums of the columns that are numbers, and a digest of each row by its key."""

    count: int
    sums: Mapping[str, Decimal] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that a connection of this kind has to know."""

    name: str
    label: str | Promise
    hint: str | Promise = ""
    secret: bool = False
    required: bool = True


class BackOffice(ABC):
    """A line to one back office, open for as long as it is used."""

    kind: ClassVar[str]
    label: ClassVar[str | Promise]
    settings: ClassVar[tuple[Setting, ...]]

    def __init__(self, given: Mapping[str, Any], secret: str) -> None:
        self.given, self.secret = given, secret

    @abstractmethod
    def try_out(self) -> str:
        """A sentence that says what was found. Raises `NotConnected`."""

    @abstractmethod
    def rows(self, subject: str, since: str) -> Iterator[Batch]:
        """What is new since a mark (empty: everything). Raises `NotConnected`."""

    def taken(self, subject: str, batch: Batch) -> None:
        """The batch is safely in Filo; most have nothing to do about it."""
        return

    def put(self, subject: str, rows: Sequence[Row]) -> Mapping[str, str]:
        """Give it rows; those it refuses come back as key: its sentence. Raises `NotConnected`."""
        raise NotConnected("")

    def figures(self, subject: str) -> list[Row] | None:
        """Everything it holds of a subject, to be compared; None where it cannot tell. Raises `NotConnected`."""
        return None
