"""What a person does with notices: read, take that back, put off; and what settles them by itself."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import person_by_id
from filo.foundation.errors import InvalidFields
from filo.foundation.notices.hours import ends_of_pause
from filo.foundation.notices.models import Notice
from filo.foundation.notices.policies import require_self
from filo.foundation.notices.queries import own_notice
from filo.foundation.notices.services.telling import moments_for, ring_browsers
from filo.foundation.push.services import publish

KEPT_READ = timedelta(days=90)
LONGEST_PAUSE = timedelta(days=366)


def read_notice(principal: Principal, notice_id: UUID) -> Notice:
    """It is read; reading it twice changes nothing. Raises `NotFound`, `Forbidden`."""
    require_self(principal)
    with transaction.atomic():
        found = own_notice(principal, notice_id)
        _read(Notice.objects.filter(pk=found.pk), clock.now())
    return own_notice(principal, notice_id)


def read_all(principal: Principal) -> tuple[int, datetime]:
    """Everything that waits is read; gives how many, and the moment that `unread` takes back. Raises `Forbidden`."""
    require_self(principal)
    moment = clock.now()
    with transaction.atomic():
        number = _read(Notice.objects.visible_to(principal).filter(snoozed_until=None), moment)
    return number, moment


def _read(found: QuerySet[Notice], moment: datetime) -> int:
    unread = found.filter(read_at=None)
    people = set(unread.values_list("person", flat=True))
    number = unread.update(read_at=moment, snoozed_until=None, mail_at=None, push_at=None)
    for person in people:
        publish(f"notices-of:{person}", "read")
    return number


def unread(principal: Principal, *, read_at: datetime | None = None, notice_id: UUID | None = None) -> int:
    """Take reading back, of one notice or of all that were read at a moment; gives how many wait again.

    One that was told anew meanwhile stays read: its line is there already. Raises `Forbidden`.
    """
    require_self(principal)
    found = Notice.objects.visible_to(principal).exclude(read_at=None)
    found = found.filter(pk=notice_id) if notice_id else found.filter(read_at=read_at)
    with transaction.atomic():
        there = set(Notice.objects.visible_to(principal).filter(read_at=None).values_list("group", flat=True))
        ids = {group: pk for pk, group in found.order_by("at").values_list("pk", "group") if group not in there}
        number = Notice.objects.filter(pk__in=ids.values()).update(read_at=None)
        publish(f"notices-of:{principal.user_id}", "told")
    return number


def snooze(principal: Principal, notice_id: UUID, *, until: str, at: datetime | None = None) -> datetime:
    """Put it off: see `ends_of_pause` for the words, or `at` a moment. Raises `NotFound`, `InvalidFields`."""
    require_self(principal)
    moment = clock.now()
    ends = ends_of_pause(moment, ZoneInfo(principal.time_zone))
    end = at if until == "at" else ends.get(until)
    if until == "at" and (end is None or not moment < end <= moment + LONGEST_PAUSE):
        raise InvalidFields({"at": _("Choose a moment between now and a year from now.")})
    if end is None:
        raise InvalidFields({"until": _("Choose one of: %(names)s.") % {"names": ", ".join([*ends, "at"])}})
    with transaction.atomic():
        found = own_notice(principal, notice_id)
        Notice.objects.filter(pk=found.pk, read_at=None).update(snoozed_until=end, mail_at=None, push_at=None)
        publish(f"notices-of:{principal.user_id}", "read")
    return end


def wake(principal: Principal, notice_id: UUID) -> None:
    """Not put off after all (undo). Raises `NotFound`, `Forbidden`."""
    require_self(principal)
    with transaction.atomic():
        found = own_notice(principal, notice_id)
        Notice.objects.filter(pk=found.pk).update(snoozed_until=None)
        publish(f"notices-of:{principal.user_id}", "told")


def wake_due() -> int:
    """What was put off until now waits again, on top, and is shown in browsers again; gives how many."""
    moment = clock.now()
    with transaction.atomic():
        due = list(Notice.objects.select_for_update().filter(snoozed_until__lte=moment))
        Notice.objects.filter(pk__in=[one.pk for one in due]).update(snoozed_until=None, at=moment)
        for person in {one.person_id for one in due}:
            publish(f"notices-of:{person}", "told")
        for one in due:
            _show_again(one)
    return len(due)


def _show_again(notice: Notice) -> None:
    person = person_by_id(str(notice.person_id))
    at = moments_for(person, notice.kind).push if person else None
    if at:
        Notice.objects.filter(pk=notice.pk).update(push_at=at)
        ring_browsers(notice.person_id, at)


def settle(subject_kind: str, subject_id: UUID, *, kinds: tuple[str, ...] = ()) -> int:
    """It is over: what waits about it is read, for everybody; gives how many. In the caller's transaction."""
    found = Notice.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return _read(found.filter(kind__in=kinds) if kinds else found, clock.now())


def forget_read() -> int:
    """Delete what was read long ago; gives how many."""
    return Notice.objects.filter(read_at__lt=clock.now() - KEPT_READ).delete()[0]
