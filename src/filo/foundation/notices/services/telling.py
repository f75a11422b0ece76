"""Tell people something: once each, never oneself, and only those who may see what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.jobs.services import enqueue
from filo.foundation.notices.kinds import kind_named, names_seen
from filo.foundation.notices.models import Browser, Notice
from filo.foundation.notices.queries import Ways, rhythm_of, ways_of
from filo.foundation.push.services import publish

# Who is there reads it on the page; what comes in a burst goes in one mail.
MAIL_AFTER = timedelta(minutes=2)
PUSH_AFTER = timedelta(seconds=10)
ATTEMPTS = 3
NEWS_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Subject:
    """What a notice is about, by the name that its topic declared (`party`) and its id."""

    kind: str
    id: UUID


def is_news(moment: datetime) -> bool:
    """Whether what happened then is worth telling: a history that is told (the demo, a relay set back) is not."""
    return clock.now() - moment < NEWS_FOR


def notify(
    kind: str,
    people: Iterable[UUID | None],
    *,
    subject: Subject | None = None,
    data: Mapping[str, Any] | None = None,
    url: str,
    actor: UUID | None = None,
    key: str | None = None,
) -> int:
    """Tell people, in the caller's transaction; gives how many were told.

    Left out are the actor himself, those who work here no more, and those who may not see the subject now. While
    a notice of this kind about this subject is unread, it is counted again and not told anew. With a `key`
    somebody is told once for ever. `data` holds ids and plain values, no names. Raises LookupError for a kind
    that nobody declared.
    """
    if kind_named(kind) is None:
        raise LookupError(f"nobody declared notices of the kind {kind!r}")
    wanted = dict.fromkeys(person for person in people if person is not None and person != actor)
    line = _Line(kind, subject, dict(data or {}), url, actor, key)
    with transaction.atomic():
        return sum(_tell(line, person) for person in wanted)


@dataclass(frozen=True)
class _Line:
    kind: str
    subject: Subject | None
    data: dict[str, Any]
    url: str
    actor: UUID | None
    key: str | None

    @property
    def group(self) -> str:
        return f"{self.kind}:{self.subject.kind}:{self.subject.id}" if self.subject else f"{self.kind}:{self.url}"[:120]


def _tell(line: _Line, person_id: UUID) -> bool:
    person = person_by_id(str(person_id))
    if person is None or not _may_see(person, line.subject):
        return False
    if line.key and Notice.objects.filter(person=person, key=line.key).exists():
        return False
    if not _store(line, person):
        return False
    publish(f"notices-of:{person.id}", "told")
    return True


def _may_see(person: User, subject: Subject | None) -> bool:
    return subject is None or subject.id in names_seen(principal_of(person), subject.kind, [subject.id])


def _store(line: _Line, person: User) -> bool:
    """Count the unread one, or add one. Whoever does the same at this very moment, the constraint decides."""
    again = {"data": line.data, "url": line.url, "actor_id": line.actor, "key": line.key, "at": clock.now()}
    unread = Notice.objects.filter(person=person, group=line.group, read_at=None)
    moments = None
    for _attempt in range(ATTEMPTS):
        if unread.update(count=F("count") + 1, **again):
            return True
        moments = moments or moments_for(person, line.kind)
        made = Notice(
            person=person,
            kind=line.kind,
            group=line.group,
            subject_kind=line.subject.kind if line.subject else "",
            subject_id=line.subject.id if line.subject else None,
            mail_at=moments.mail,
            push_at=moments.push,
            **again,
        )
        Notice.objects.bulk_create([made], ignore_conflicts=True)
        if Notice.objects.filter(pk=made.pk).exists():
            ring_browsers(person.id, moments.push)
            return True
        if line.key and Notice.objects.filter(person=person, key=line.key).exists():
            return False
    return False


@dataclass(frozen=True)
class Moments:
    """When a notice goes by mail and to browsers; None for never."""

    mail: datetime | None
    push: datetime | None


def moments_for(person: User, kind: str) -> Moments:
    """Soon, or when the quiet hours end; never by ways that the person does not want, or has no browser for."""
    ways = ways_of(person.id).get(kind, Ways(mail=False, browser=False))
    by_browser = ways.browser and Browser.objects.filter(person=person).exists()
    if not (ways.mail or by_browser):
        return Moments(None, None)
    quiet, moment = rhythm_of(person.id).quiet(ZoneInfo(person.time_zone)), clock.now()

    def after(pause: timedelta) -> datetime:
        return quiet.end_after(moment + pause) if quiet else moment + pause

    return Moments(after(MAIL_AFTER) if ways.mail else None, after(PUSH_AFTER) if by_browser else None)


def ring_browsers(person_id: UUID, at: datetime | None) -> None:
    """Have browsers told at that moment and not at the next round; what is due together is one line."""
    if at:
        enqueue("notices.tell_browsers", run_at=at, person=str(person_id))
