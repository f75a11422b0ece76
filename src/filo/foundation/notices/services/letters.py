"""Notices by mail: what nobody read in time, in one letter a person; and what is unread, as a digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.folding import clean_line
from filo.foundation.mail.services import queue_mail
from filo.foundation.notices.hours import next_digest
from filo.foundation.notices.models import Notice, NoticeRhythm
from filo.foundation.notices.queries import Told, rhythm_of, told

MOST_IN_A_LETTER = 50
PEOPLE_AT_ONCE = 200


def send_due() -> int:
    """Send what was to go by mail by now; gives how many letters."""
    due = Notice.objects.filter(mail_at__lte=clock.now()).order_by()
    people = list(due.values_list("person", flat=True).distinct()[:PEOPLE_AT_ONCE])
    return sum(_send_to(person) for person in people)


def _send_to(person_id: UUID) -> bool:
    moment = clock.now()
    with transaction.atomic():
        rows = Notice.objects.select_for_update(of=("self",)).filter(person=person_id, mail_at__lte=moment)
        due = list(rows.select_related("actor").order_by("at", "id")[:MOST_IN_A_LETTER])
        person = person_by_id(str(person_id))
        ids = [notice.pk for notice in due]
        later = _quiet_until(person, moment) if person else None
        if later:
            Notice.objects.filter(pk__in=ids).update(mail_at=later)
            return False
        waiting = [notice for notice in due if notice.read_at is None and notice.snoozed_until is None]
        Notice.objects.filter(pk__in=ids).update(mail_at=None, mailed_at=moment)
        return bool(person and _write(person, waiting, is_digest=False))


def send_digests() -> int:
    """Send the digests that are due; gives how many letters."""
    due = NoticeRhythm.objects.filter(digest_at__lte=clock.now()).order_by("digest_at")
    return sum(_send_digest(person) for person in list(due.values_list("pk", flat=True)[:PEOPLE_AT_ONCE]))


def _send_digest(person_id: UUID) -> bool:
    moment = clock.now()
    with transaction.atomic():
        rhythm = NoticeRhythm.objects.select_for_update().get(pk=person_id)
        if rhythm.digest_at is None or rhythm.digest_at > moment:
            return False
        person = person_by_id(str(person_id))
        later = _quiet_until(person, moment) if person else None
        zone = ZoneInfo(person.time_zone) if person else ZoneInfo("UTC")
        rhythm.digest_at = later or (next_digest(rhythm.digest, moment, zone) if person else None)
        rhythm.save(update_fields=["digest_at"])
        if person is None or later:
            return False
        unread = Notice.objects.filter(person=person, read_at=None, snoozed_until=None)
        found = list(unread.select_related("actor").order_by("-at", "-id")[:MOST_IN_A_LETTER])
        Notice.objects.filter(pk__in=[notice.pk for notice in found]).update(mail_at=None, mailed_at=moment)
        return _write(person, found, is_digest=True)


def _quiet_until(person: User, moment: datetime) -> datetime | None:
    quiet = rhythm_of(person.id).quiet(ZoneInfo(person.time_zone))
    end = quiet.end_after(moment) if quiet else moment
    return end if end > moment else None


def _write(person: User, notices: Sequence[Notice], *, is_digest: bool) -> bool:
    """One letter in the reader's language and on his clock, of what he may see now; none when that is nothing."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        found = told(principal_of(person, door="job"), notices)
        if not found:
            return False
        queue_mail(to=person.email, subject=_subject(found, is_digest=is_digest), text=_text(person, found))
    return True


def _subject(found: list[Told], *, is_digest: bool) -> str:
    number = len(found)
    if is_digest:
        said = ngettext("%(n)s notice you have not read", "%(n)s notices you have not read", number) % {"n": number}
    elif number == 1:
        said = found[0].sentence
    else:
        said = ngettext("%(n)s notice for you", "%(n)s notices for you", number) % {"n": number}
    return f"Filo: {clean_line(said, max_length=200)}"


def _text(person: User, found: list[Told]) -> str:
    lines = [_("Hello %(name)s,") % {"name": person.given_name or person.name}, ""]
    for one in found:
        lines += [f"- {one.sentence}", f"  {settings.SITE_URL}{one.notice.url}", ""]
    where = f"{settings.SITE_URL}/me/notices"
    lines.append(_("What Filo writes to you, and when, you choose here: %(address)s") % {"address": where})
    return "\n".join(lines)
