"""The digest: a person's day in one mail, at the time of his choice, and none when there is nothing to tell."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.mail.services import queue_mail
from filo.foundation.notices.digests import MOST_LINES, DigestPart, Line, day_of_person
from filo.foundation.notices.hours import next_digest
from filo.foundation.notices.models import Notice, NoticeRhythm
from filo.foundation.notices.queries import told
from filo.foundation.notices.services.letters import PEOPLE_AT_ONCE, greeting, quiet_until, where_to_choose
from filo.foundation.notices.services.workdays import working_days
from filo.foundation.web.templatetags.web import week_day

SALT = "filo.digest"


def send_digests() -> int:
    """Send the digests that are due; gives how many letters."""
    due = NoticeRhythm.objects.filter(digest_at__lte=clock.now()).order_by("digest_at")
    return sum(_send(person) for person in list(due.values_list("pk", flat=True)[:PEOPLE_AT_ONCE]))


def _send(person_id: UUID) -> bool:
    moment = clock.now()
    with transaction.atomic():
        rhythm = NoticeRhythm.objects.select_for_update().get(pk=person_id)
        if rhythm.digest_at is None or rhythm.digest_at > moment:
            return False
        person = person_by_id(str(person_id))
        if person is None:
            NoticeRhythm.objects.filter(pk=person_id).update(digest_at=None)
            return False
        later = quiet_until(person, moment)
        zone, works = ZoneInfo(person.time_zone), working_days()
        rhythm.digest_at = later or next_digest(rhythm.digest, moment, zone, at=rhythm.digest_time, works=works)
        rhythm.save(update_fields=["digest_at"])
        return not later and _write(person)


def _write(person: User) -> bool:
    with translation.override(person.language), timezone.override(ZoneInfo(person.time_zone)):
        principal = principal_of(person, door="job")
        waiting = Notice.objects.filter(person=person, read_at=None, snoozed_until=None).select_related("actor")
        new = told(principal, waiting.order_by("-at", "-id")[:MOST_LINES])
        parts = [(str(part.label), part.url, lines) for part, lines in _without(day_of_person(principal))]
        if new:
            parts.append((_("New for you"), "/notices", [Line(one.sentence, one.notice.url) for one in new]))
        if not parts:
            return False
        Notice.objects.filter(pk__in=[one.notice.pk for one in new]).update(mail_at=None, mailed_at=clock.now())
        subject = "Filo: " + _("your day, %(day)s") % {"day": week_day(clock.today())}
        stop = f"{settings.SITE_URL}/p/digest/{digest_token(person.pk)}"
        queue_mail(to=person.email, subject=subject, text=_text(person, parts, stop), headers=_headers(stop))
    return True


def _without(parts: list[tuple[DigestPart, Sequence[Line]]]) -> list[tuple[DigestPart, Sequence[Line]]]:
    """Each thing once, in the first part that has it: one that is late is not told as waiting again."""
    seen: set[str] = set()
    left: list[tuple[DigestPart, Sequence[Line]]] = []
    for part, lines in parts:
        fresh = [line for line in lines if line.url not in seen]
        seen.update(line.url for line in fresh)
        if fresh:
            left.append((part, fresh))
    return left


def _text(person: User, parts: Sequence[tuple[str, str, Sequence[Line]]], stop: str) -> str:
    rows = [greeting(person), ""]
    for label, url, lines in parts:
        rows += [f"{label}: {settings.SITE_URL}{url}", ""]
        for line in lines:
            rows += [f"- {line.words}", f"  {settings.SITE_URL}{line.url}"]
        rows.append("")
    return "\n".join([*rows, where_to_choose(), _("No digest any more: %(address)s") % {"address": stop}])


def _headers(stop: str) -> dict[str, str]:
    """One press in the mail program ends it (RFC 2369 and RFC 8058)."""
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def digest_token(person_id: UUID) -> str:
    """What the link at the end of a digest carries: whose it is, signed, for this one purpose."""
    return signing.dumps(str(person_id), salt=SALT)


def is_digest_token(token: str) -> bool:
    """Whether it is one that we wrote."""
    return _person_in(token) is not None


def end_digest(token: str) -> bool:
    """No digest any more for whose link this is; gives whether it is one. Doing it twice changes nothing."""
    person = _person_in(token)
    if person is None:
        return False
    NoticeRhythm.objects.filter(pk=person).update(digest="none", digest_at=None)
    return True


def _person_in(token: str) -> UUID | None:
    try:
        return UUID(signing.loads(token[:400], salt=SALT))
    except (signing.BadSignature, ValueError):
        return None
