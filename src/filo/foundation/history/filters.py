"""What the changes may be narrowed by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.dateparse import parse_date

from filo.foundation.audit.models import AuditEntry


@dataclass(frozen=True)
class Narrowing:
    """Whose changes, of what, through which door, from and until which day; what is empty narrows nothing."""

    person: UUID | None = None
    kind: str = ""
    door: str = ""
    since: date | None = None
    until: date | None = None

    def __bool__(self) -> bool:
        return self != Narrowing()

    def rows(self, zone: str) -> QuerySet[AuditEntry]:
        """The entries, as days fall in this zone."""
        found = AuditEntry.objects.all()
        for name, value in (("actor", self.person), ("kind", self.kind), ("door", self.door)):
            if value:
                found = found.filter(**{name: value})
        if self.since:
            found = found.filter(at__gte=_start(self.since, zone))
        if self.until:
            found = found.filter(at__lt=_start(self.until, zone) + timedelta(days=1))
        return found


def narrowing_in(asked: Mapping[str, str]) -> Narrowing:
    """What a form asked for; what cannot be read narrows nothing."""
    return Narrowing(
        person=_id(asked.get("person", "")),
        kind=asked.get("kind", "")[:40],
        door=asked.get("door", "")[:20],
        since=_day(asked.get("since", "")),
        until=_day(asked.get("until", "")),
    )


def _start(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(zone))


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        found = parse_date(text)
    except ValueError:
        return None
    return found if found and 1900 <= found.year <= 2200 else None
