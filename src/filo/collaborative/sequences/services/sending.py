"""What is due leaves, once each: the mail and the number of its step are written together, or neither is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from filo.collaborative.inbox.models import Message
from filo.collaborative.inbox.queries.threads import final
from filo.collaborative.inbox.queries.writing import addresses_of
from filo.collaborative.inbox.ready import values_of
from filo.collaborative.inbox.services.sending import Answer, send_message
from filo.collaborative.inbox.services.writing import Letter, write_mail
from filo.collaborative.sequences.due import after_days
from filo.collaborative.sequences.models import Enrolment, SequenceMail, SequenceStep
from filo.collaborative.sequences.queries.limits import not_before, reason_to_stop
from filo.collaborative.sequences.queries.running import stop_token
from filo.collaborative.sequences.services.starting import mailbox_for, talk_with
from filo.collaborative.sequences.services.stopping import end
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import person_by_id, principal_of
from filo.foundation.errors import DomainError, Forbidden, NotFound
from filo.foundation.hours.reckoning import Hours, NeverOpen
from filo.foundation.hours.services import default_calendar, hours_of
from filo.foundation.placeholders import MissingValue, fill
from filo.operational.parties.models import Party

AT_ONCE = 200


class NoAddress(DomainError):
    """There is nowhere to send it to."""

    code = "no-address"


def send_due(principal: Principal) -> int:
    """Send what is due now, each in a transaction of its own; gives how many mails left.

    One that breaks holds up no other: the first error is raised when all were looked at.
    """
    hours, sent, broken = hours_of(default_calendar()), 0, []
    due = Enrolment.objects.filter(state="running", due_at__lte=clock.now(), sequence__active=True)
    for enrolment in list(due.order_by("due_at").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            with transaction.atomic():
                sent += _go_on(principal, enrolment, hours)
        except NeverOpen:
            return sent
        except Exception as error:
            broken.append(error)
    if broken:
        raise broken[0]
    return sent


def _go_on(principal: Principal, enrolment_id: UUID, hours: Hours) -> bool:
    """The next step of one run, unless somebody else is at it, or its customer is being merged just now."""
    rows = Enrolment.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.select_related("party", "conversation__ticket", "sequence__mailbox")
    found = rows.filter(pk=enrolment_id, state="running", due_at__lte=clock.now()).first()
    if found is None or not _hold_party(found):
        return False
    if reason := reason_to_stop(found):
        end(principal, found, reason)
        return False
    earliest, now = not_before(found, hours, clock.now()), clock.now()
    if earliest > now:
        found.due_at = earliest
        found.save(update_fields=["due_at"])
        return False
    steps = list(found.sequence.steps.all())
    if found.sent >= len(steps):
        end(principal, found, "")
        return False
    return _left(principal, found, steps, hours)


def _hold_party(enrolment: Enrolment) -> bool:
    """Two runs of one customer go one after the other, so that both know what the other has sent."""
    rows = Party.objects.select_for_update(skip_locked=True, of=("self",)).filter(pk=enrolment.party_id)
    return rows.values_list("pk", flat=True).first() is not None


def _left(principal: Principal, enrolment: Enrolment, steps: list[SequenceStep], hours: Hours) -> bool:
    try:
        with transaction.atomic():
            message = _say(enrolment, steps[enrolment.sent])
    except DomainError as error:
        reason, detail = _told(error)
        end(principal, enrolment, reason, detail=detail)
        return False
    enrolment.sent += 1
    SequenceMail.objects.create(enrolment=enrolment, number=enrolment.sent, message=message, at=clock.now())
    enrolment.conversation_id = message.conversation_id
    enrolment.save(update_fields=["sent", "conversation"])
    if enrolment.sent == len(steps):
        end(principal, enrolment, "")
    else:
        enrolment.due_at = after_days(hours, clock.now(), steps[enrolment.sent].after_days)
        enrolment.save(update_fields=["due_at"])
    return True


def _say(enrolment: Enrolment, step: SequenceStep) -> Message:
    """In the name of whoever started it, with the rights that he has now."""
    person = person_by_id(str(enrolment.starter_id))
    if person is None:
        raise Forbidden
    who = principal_of(person, door="job")
    values = values_of(talk_with(enrolment, enrolment.sequence.mailbox), who)
    subject, text = (fill(words, values) for words in step.words(enrolment.language))
    address = f"{settings.SITE_URL.rstrip('/')}{reverse('sequences:refuse', args=[stop_token(enrolment)])}"
    with translation.override(enrolment.language):
        ending = _("If you do not want mails of this kind any more: %(address)s") % {"address": address}
    text = f"{text.rstrip()}\n\n{ending}"
    headers = {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    if enrolment.conversation:
        answer = Answer(text, subject=subject, quoted=False, headers=headers)
        return send_message(who, final(enrolment.conversation), answer, automatic=True)
    return _begin(who, enrolment, subject, text, headers)


def _begin(who: Principal, enrolment: Enrolment, subject: str, text: str, headers: dict[str, str]) -> Message:
    mailbox, points = mailbox_for(who, enrolment.sequence), addresses_of(enrolment.party)
    if mailbox is None:
        raise Forbidden
    if not points:
        raise NoAddress
    letter = Letter(points[0].value, mailbox, subject, text, headers=headers)
    return write_mail(who, enrolment.party, letter, automatic=True)


def _told(error: DomainError) -> tuple[str, Any]:
    if isinstance(error, MissingValue):
        return "missing", error.name
    if isinstance(error, NoAddress):
        return "address", ""
    return ("right", "") if isinstance(error, Forbidden | NotFound) else ("refusal", str(error))
