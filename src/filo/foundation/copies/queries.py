"""Whether this is a copy that keeps silent, and when the last backup was made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from filo.foundation.copies.models import Backup, Mute


@dataclass
class _Known:
    """What this process found when it looked last; pages and calls go by it, so that they ask no query for it."""

    taken_at: datetime | None = None


_known = _Known()


def standing_mute() -> Mute | None:
    """How this copy is muted; None when it is not. Whoever sends something asks this, and not what was known."""
    found = Mute.objects.filter(ended_at=None).order_by("since").first()
    _known.taken_at = found.taken_at if found else None
    return found


def is_muted() -> bool:
    """Whether nothing may leave."""
    return standing_mute() is not None


def known_copy_of() -> datetime | None:
    """The moment that this is a muted copy of, as it was known when this process looked last (it does as it beats)."""
    return _known.taken_at


def forget_what_is_known() -> None:
    """Know nothing, as a process that has just started."""
    _known.taken_at = None


def last_backup() -> Backup | None:
    """The newest that was made of this installation."""
    return Backup.objects.order_by("-at").first()
