"""Reads of notices: how many wait, the latest, all of them by day, each in the reader's words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.notices.kinds import Act, Facts, NoticeKind, kind_named, kinds, names_seen
from filo.foundation.notices.models import Browser, Notice, NoticeChoice, NoticeRhythm
from filo.foundation.web.paging import Key, Page, page_of

PAGE_SIZE = 50
LATEST = 10
NEWEST_FIRST = (Key("at", descending=True), Key("id", descending=True))


@dataclass(frozen=True)
class Told:
    """A notice in words."""

    notice: Notice
    kind: NoticeKind
    sentence: str
    act: Act | None

    @property
    def is_unread(self) -> bool:
        return self.notice.read_at is None


@dataclass(frozen=True)
class Day:
    """What was told on a day."""

    day: date
    told: list[Told]


def unread_of_person() -> Subquery:
    """How many notices wait for the person of the outer query (`OuterRef("pk")`)."""
    mine = Notice.objects.filter(person=OuterRef("pk"), read_at=None, snoozed_until=None).order_by()
    return Subquery(mine.values("person").annotate(number=Count("pk")).values("number"))


def unread_count(principal: Principal) -> int:
    """How many notices wait."""
    return Notice.objects.visible_to(principal).waiting().count()


def latest(principal: Principal) -> list[Told]:
    """The last that wait, told; at most ten."""
    return told(principal, _rows(principal).filter(read_at=None, snoozed_until=None).order_by("-at", "-id")[:LATEST])


def notices_page(principal: Principal, *, cursor: str = "", put_off: bool = False) -> Page[Notice]:
    """A page of one's notices, newest first; those that are put off stand apart. Raises `BadRequest`."""
    found = _rows(principal).filter(snoozed_until__isnull=not put_off)
    return page_of(found, NEWEST_FIRST, size=PAGE_SIZE, cursor=cursor)


def _rows(principal: Principal) -> QuerySet[Notice]:
    return Notice.objects.visible_to(principal).select_related("actor")


def own_notice(principal: Principal, notice_id: UUID) -> Notice:
    """One of one's own notices. Raises `NotFound`."""
    found = _rows(principal).filter(pk=notice_id).first()
    if found is None:
        raise NotFound
    return found


def told(principal: Principal, notices: Iterable[Notice]) -> list[Told]:
    """Notices in the words of the active language; what is about something not seen any more is left out."""
    found = list(notices)
    names = _names(principal, found)
    return [one for one in (_told(notice, names) for notice in found) if one]


def _names(principal: Principal, notices: Sequence[Notice]) -> Mapping[tuple[str, UUID], str]:
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for notice in notices:
        if notice.subject_id:
            wanted[notice.subject_kind].add(notice.subject_id)
    return {
        (kind, subject): name
        for kind, ids in wanted.items()
        for subject, name in names_seen(principal, kind, ids).items()
    }


def _told(notice: Notice, names: Mapping[tuple[str, UUID], str]) -> Told | None:
    kind = kind_named(notice.kind)
    name = names.get((notice.subject_kind, notice.subject_id)) if notice.subject_id else ""
    if kind is None or name is None:
        return None
    actor = notice.actor.name if notice.actor else "Filo"
    sentence = kind.sentence(Facts(name, actor, notice.count, notice.data))
    act = kind.act(notice.subject_id) if kind.act and notice.subject_id and notice.read_at is None else None
    return Told(notice, kind, sentence, act)


def by_day(found: Iterable[Told]) -> list[Day]:
    """Under the day of the reader's clock."""
    days: list[Day] = []
    for one in found:
        day = timezone.localtime(one.notice.at).date()
        if not days or days[-1].day != day:
            days.append(Day(day, []))
        days[-1].told.append(one)
    return days


def rhythm_of(person_id: UUID) -> NoticeRhythm:
    """What somebody chose, or the usual (not stored)."""
    return NoticeRhythm.objects.filter(pk=person_id).first() or NoticeRhythm(person_id=person_id)


@dataclass(frozen=True)
class Ways:
    """Where a kind is told besides at the bell."""

    mail: bool
    browser: bool


def ways_of(person_id: UUID) -> dict[str, Ways]:
    """For each kind whether this person wants it by mail and in browsers too."""
    rows = NoticeChoice.objects.filter(person=person_id)
    chosen = {row.kind: Ways(row.by_mail, row.by_browser) for row in rows}
    return {kind.code: chosen.get(kind.code, Ways(kind.by_mail, kind.by_browser)) for kind in kinds()}


def browsers_of(principal: Principal) -> list[Browser]:
    """The browsers in which somebody is told, the latest first."""
    return list(Browser.objects.filter(person=principal.user_id).order_by("-at", "-id"))
