"""The story of a party, newest first, in pages, narrowed by channel, outcome, person or words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q, QuerySet, UUIDField
from django.utils import timezone

from filo.foundation import clock, prepared
from filo.foundation.access.prepared import PreparedFor
from filo.foundation.access.principal import Principal
from filo.foundation.web.paging import Key, Page, page_from, page_of
from filo.operational.parties.models import Party, TimelineEntry
from filo.operational.parties.timeline_kinds import Told, told

KEYS: Sequence[Key] = (Key("at", descending=True), Key("id", descending=True))


@dataclass(frozen=True)
class TimelineQuery:
    """What part of the story is asked for."""

    channel: str = ""
    direction: str = ""
    outcome: str = ""
    actor: str = ""
    text: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str = ""
    size: int = 30


@dataclass(frozen=True)
class Day:
    """The entries of one day (of one month when it is long ago)."""

    day: date
    entries: list[Told]
    is_month: bool = False


def timeline_page(principal: Principal, party: Party, asked: TimelineQuery) -> Page[TimelineEntry]:
    """One page of what this principal may see. The caller fetched the party by its own rule."""
    if asked == TimelineQuery(size=asked.size):
        return first_page(principal, party, asked.size)
    found = TimelineEntry.objects.visible_to(principal).filter(party=party)
    for name in ("channel", "direction", "outcome"):
        if getattr(asked, name):
            found = found.filter(**{name: getattr(asked, name)})
    if asked.actor:
        found = found.filter(actor=UUID(asked.actor))
    if asked.text.strip():
        text = asked.text.strip()
        found = found.filter(Q(summary__icontains=text) | Q(excerpt__icontains=text))
    if asked.since:
        found = found.filter(at__gte=clock.midnight(asked.since))
    if asked.until:
        found = found.filter(at__lt=clock.midnight(asked.until + timedelta(days=1)))
    return page_of(found.select_related("company"), KEYS, size=asked.size, cursor=asked.cursor)


def first_page(principal: Principal, party: Party, size: int) -> Page[TimelineEntry]:
    """The newest of the whole story."""
    return page_from(_NEWEST.rows(principal, size + 1, party=party.id), KEYS, size=size)


def _newest(principal: Principal, number: int) -> QuerySet[TimelineEntry]:
    story = TimelineEntry.objects.visible_to(principal).filter(party=prepared.asked("party", UUIDField()))
    return story.select_related("company").order_by("-at", "-id")[:number]


_NEWEST = PreparedFor(_newest)


def by_day(entries: list[TimelineEntry]) -> list[Day]:
    """Entries under headings: by day in the last week, by month before."""
    groups = groupby(told(entries), key=_heading)
    return [Day(day, list(group), is_month=is_month) for (day, is_month), group in groups]


def _heading(each: Told) -> tuple[date, bool]:
    """The day, or the first of the month, and which of the two it is."""
    day = timezone.localtime(each.entry.at).date()
    return (day, False) if (clock.today() - day).days < 7 else (day.replace(day=1), True)
