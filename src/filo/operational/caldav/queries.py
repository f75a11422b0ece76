"""What stands in somebody's calendars, as names with ETags, as files, and as what changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.operational.activities.agenda import touching
from filo.operational.activities.models import Appointment, CalendarCount, CalendarEntry
from filo.operational.activities.recurring import occurrences
from filo.operational.activities.sources import Item, items_of
from filo.operational.caldav.errors import UnknownToken
from filo.operational.caldav.icalendar.writing import appointment_text, item_text
from filo.operational.caldav.places import APPOINTMENTS
from filo.operational.parties.queries.naming import names_of

BACK, AHEAD = timedelta(days=60), timedelta(days=365)  # of what is only read
TOKEN = "urn:filo:calendar:"  # noqa: S105  (the beginning of a sync token, which is no secret)


@dataclass(frozen=True)
class Listed:
    """A name in a calendar with its ETag; `text` is the file, where it was asked for."""

    name: str
    etag: str
    text: str = ""


@dataclass(frozen=True)
class Changes:
    """What changed, what is gone, and the token to ask with the next time."""

    changed: list[Listed]
    gone: list[str]
    token: str


def own_appointments(principal: Principal) -> QuerySet[Appointment]:
    """Those of one's own calendar, as far as one may see them; also what is cancelled."""
    return Appointment.objects.visible_to(principal).filter(owner=principal.user_id)


def listed(principal: Principal, calendar: str, names: Collection[str] | None = None) -> list[Listed]:
    """What stands in a calendar, or what of it has these names; without files."""
    if calendar != APPOINTMENTS:
        return fetched(principal, calendar, names)
    return [Listed(entry.name, etag_of(entry)) for entry in _living(principal, names)]


def fetched(principal: Principal, calendar: str, names: Collection[str] | None = None) -> list[Listed]:
    """The same with their files."""
    if calendar == APPOINTMENTS:
        return _appointment_files(principal, list(_living(principal, names)))
    return [one for one in _item_files(principal) if names is None or one.name in names]


def fetched_between(
    principal: Principal, calendar: str, since: datetime | None, until: datetime | None
) -> list[Listed]:
    """What of a calendar falls into a stretch of time, with its files."""
    first, last = since or datetime(1990, 1, 1, tzinfo=clock.now().tzinfo), until or clock.now() + 20 * AHEAD
    if calendar != APPOINTMENTS:
        return _item_files(principal, first, last)
    rows = touching(own_appointments(principal).filter(deleted_at=None), first, last)
    falling = [row for row in rows if _falls_into(row, first, last)]
    wanted = {row.pk for row in falling} | {row.series_id for row in falling if row.series_id}
    return _appointment_files(principal, list(_living(principal).filter(appointment__in=wanted)))


def changes_since(principal: Principal, token: str) -> Changes:
    """What changed in one's appointments since a token ("": since ever). Raises `UnknownToken`."""
    now = token_now(principal)
    before = _numbers_of(token) if token else (0, 0)
    last, gone = _numbers_of(now)
    if before[0] > last:
        raise UnknownToken
    news = Q(change__gt=before[0]) | (Q(pk__in=_vanished(principal)) if before[1] != gone else Q(pk__in=()))
    entries = CalendarEntry.objects.filter(news, person=principal.user_id).order_by("change")
    living = {entry.name: etag_of(entry) for entry in _living(principal).filter(pk__in=entries.values("pk"))}
    names = list(entries.values_list("name", flat=True))
    changed = [Listed(name, living[name]) for name in names if name in living]
    return Changes(changed, [name for name in names if name not in living] if token else [], now)


def token_now(principal: Principal) -> str:
    """The state of one's appointments, which another state never has."""
    count = CalendarCount.objects.filter(person=principal.user_id).first()
    return f"{TOKEN}{count.last if count else 0}:{_vanished(principal).count()}"


def tag_of(principal: Principal, calendar: str) -> str:
    """The state of a calendar in a word (getctag)."""
    if calendar == APPOINTMENTS:
        return token_now(principal)
    return _digest("".join(f"{one.name}{one.etag}" for one in sorted(_item_files(principal), key=lambda one: one.name)))


def etag_of(entry: CalendarEntry) -> str:
    """The number of the last change."""
    return f'"{entry.change}"'


def _living(principal: Principal, names: Collection[str] | None = None) -> QuerySet[CalendarEntry]:
    whole = Appointment.objects.visible_to(principal).whole().filter(owner=principal.user_id)
    found = CalendarEntry.objects.filter(person=principal.user_id, appointment__in=whole.values("pk"))
    return (found if names is None else found.filter(name__in=list(names))).order_by("change")


def _vanished(principal: Principal) -> QuerySet[CalendarEntry]:
    """Whose appointment is not even cancelled but gone, as with the customer whose data were erased."""
    there = Appointment.objects.visible_to(principal).filter(pk=OuterRef("appointment"))
    return CalendarEntry.objects.filter(~Exists(there), person=principal.user_id)


def _numbers_of(token: str) -> tuple[int, int]:
    parts = token.removeprefix(TOKEN).split(":")
    if not token.startswith(TOKEN) or len(parts) != 2 or not all(p.isascii() and p.isdigit() for p in parts):
        raise UnknownToken
    return int(parts[0][:18]), int(parts[1][:18])


def _falls_into(row: Appointment, since: datetime, until: datetime) -> bool:
    stretch = occurrences(
        row.rule,
        first=row.starts_at,
        length=row.length,
        zone=row.tz,
        skipped=row.skipped_days,
        since=since,
        until=until,
    )
    return next(stretch, None) is not None


def _appointment_files(principal: Principal, entries: list[CalendarEntry]) -> list[Listed]:
    ids = [entry.appointment for entry in entries]
    rows = {row.pk: row for row in own_appointments(principal).filter(pk__in=ids)}
    moved: dict[UUID | None, list[Appointment]] = {}
    for one in own_appointments(principal).filter(series__in=rows, deleted_at=None).order_by("instead_of"):
        moved.setdefault(one.series_id, []).append(one)
    names = names_of(principal, {row.party_id for row in rows.values() if row.party_id})
    return [
        Listed(entry.name, etag_of(entry), _file_of(entry, rows[entry.appointment], moved, names))
        for entry in entries
        if entry.appointment in rows
    ]


def _file_of(
    entry: CalendarEntry, row: Appointment, moved: dict[UUID | None, list[Appointment]], names: dict[UUID, str]
) -> str:
    name = names.get(row.party_id, "") if row.party_id else ""
    site = str(settings.SITE_URL)
    return appointment_text(row, moved.get(row.pk, []), uid=entry.uid, alarms=entry.alarms, name=name, site=site)


def _item_files(principal: Principal, since: datetime | None = None, until: datetime | None = None) -> list[Listed]:
    if principal.user_id is None:
        return []
    now = clock.now()
    first, last = max(since or now - BACK, now - BACK), min(until or now + AHEAD, now + AHEAD)
    found = items_of(principal, [principal.user_id], first, last) if first < last else []
    items = [item for item in found if item.source != "appointments" and not item.done]
    names = names_of(principal, {item.party for item in items if item.party})
    zone, site = ZoneInfo(principal.time_zone), str(settings.SITE_URL)
    return list(_each(items, names, zone, site))


def _each(items: Iterable[Item], names: dict[UUID, str], zone: ZoneInfo, site: str) -> Iterable[Listed]:
    for item in items:
        text = item_text(item, names.get(item.party, "") if item.party else "", zone=zone, site=site)
        day = f"-{item.day:%Y%m%d}" if item.day else ""
        yield Listed(f"{item.source}-{item.id}{day}.ics", f'"{_digest(text)}"', text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
