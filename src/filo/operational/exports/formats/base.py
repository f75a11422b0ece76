"""What a form of file is, and how the values of rows are brought to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from typing import Any, BinaryIO, Literal, Protocol

from django.utils.functional import Promise

from filo.foundation.exportable import ExportColumn


class Writer(Protocol):
    """Writes one file, chunk by chunk."""

    def write(self, chunk: Any) -> None:
        """Rows of a list, documents or cards, as the format goes by."""

    def close(self) -> None:
        """What stands at the end."""

    def drop(self) -> None:
        """It was not written to its end: nothing stays beside the file."""


@dataclass(frozen=True)
class FileFormat:
    """`by`: whether it is written from rows and columns, or from what the API shows, or from cards."""

    code: str
    ending: str
    media_type: str
    label: str | Promise
    open: Callable[[BinaryIO, Sequence[ExportColumn]], Writer]
    by: Literal["rows", "documents", "cards"] = "rows"


def day_of(value: Any) -> date | None:
    """A day, also as a database keeps it."""
    if value is None or value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(value)


def moment_of(value: Any, zone: tzinfo) -> datetime | None:
    """A moment by the clock of a zone, without it: as spreadsheets have them; to the second."""
    if value is None or value == "":
        return None
    found = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    if found.tzinfo is None:  # as SQLite keeps them
        found = found.replace(tzinfo=UTC)
    return found.astimezone(zone).replace(tzinfo=None, microsecond=0)
