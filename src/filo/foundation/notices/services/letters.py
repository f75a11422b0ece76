"""Notices by mail: what nobody read in time, in one letter a person."""

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
from filo.foundation.notices.models import Notice
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
        later = quiet_until(person, moment) if person else None
        if later:
            Notice.objects.filter(pk__in=ids).update(mail_at=later)
            return False
        waiting = [notice for notice in due if notice.read_at is None and notice.snoozed_until is None]
        Notice.objects.filter(pk__in=ids).update(mail_at=None, mailed_at=moment)
        return bool(person and _write(person, waiting))


def quiet_until(person: User, moment: datetime) -> datetime | None:
    """Until when it is quiet for somebody now; None when it is not."""
    quiet = rhythm_of(person.id).quiet(ZoneInfo(person.time_zone))
    end = quiet.end_after(moment) if quiet else moment
    return end if end > moment else None


def _write(person: User, notices: Sequence[Notice]) -> bool:
    """One letter in the reader's language and on his clock, of what he may see now; none when that is nothing."""
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        found = told(principal_of(person, door="job"), notices)
        if not found:
            return False
        queue_mail(to=person.email, subject=_subject(found), text=_text(person, found))
    return True


def _subject(found: list[Told]) -> str:
    number = len(found)
    if number == 1:
        said = found[0].sentence
    else:
        said = ngettext("%(n)s notice for you", "%(n)s notices for you", number) % {"n": number}
    return f"Filo: {clean_line(said, max_length=200)}"


def _text(person: User, found: list[Told]) -> str:
    lines = [greeting(person), ""]
    for one in found:
        lines += [f"- {one.sentence}", f"  {settings.SITE_URL}{one.notice.url}", ""]
    return "\n".join([*lines, where_to_choose()])


def greeting(person: User) -> str:
    """How a letter begins, in the active language."""
    return _("Hello %(name)s,") % {"name": person.given_name or person.name}


def where_to_choose() -> str:
    """How a letter ends: where it is chosen what comes."""
    where = f"{settings.SITE_URL}/me/notices"
    return _("What Filo writes to you, and when, you choose here: %(address)s") % {"address": where}
