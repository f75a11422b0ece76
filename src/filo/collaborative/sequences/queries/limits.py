"""Whether a sequence has still to go on, and how often a customer hears of us."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from filo.collaborative.inbox.models import Message
from filo.collaborative.inbox.queries.threads import final
from filo.collaborative.sequences.due import opening
from filo.collaborative.sequences.models import Enrolment, Refusal, SequenceMail
from filo.foundation.hours.reckoning import Hours
from filo.operational.consents.queries import refuses

A_DAY, A_WEEK, WEEK = 1, 3, timedelta(days=7)


def reason_to_stop(enrolment: Enrolment) -> str:
    """The code of what speaks against another mail; empty when nothing does."""
    party, talk = enrolment.party, enrolment.conversation
    talk = final(talk) if talk else None
    if party.deleted_at is not None:
        return "gone"
    if _said_no(enrolment):
        return "refused"
    if refuses(party, "marketing_mail"):
        return "marketing"
    if talk is not None and talk.party_id not in (None, party.pk):
        return "moved"
    if talk is not None and (talk.state == "done" or (talk.ticket is not None and not talk.ticket.is_open)):
        return "closed"
    if _answered(enrolment):
        return "answered"
    if SequenceMail.objects.filter(enrolment=enrolment, message__delivery="failed").exists():
        return "bounced"
    same = Enrolment.objects.filter(party=party, sequence=enrolment.sequence_id, state="running")
    return "twice" if same.filter(pk__lt=enrolment.pk).exists() else ""


def _said_no(enrolment: Enrolment) -> bool:
    talk = enrolment.conversation
    address = Q(address=talk.contact_address) if talk and talk.contact_address else Q(pk=None)
    return Refusal.objects.filter(Q(party=enrolment.party_id) | address).exists()


def _answered(enrolment: Enrolment) -> bool:
    """He wrote, about whatever: a machine that goes on as if he had not is worse than one mail too few."""
    where = Q(conversation__party=enrolment.party_id)
    if enrolment.conversation:
        where |= Q(conversation=final(enrolment.conversation).pk)
    said = Message.objects.filter(where, direction="in", kind="message", created_at__gt=enrolment.started_at)
    return said.exists()


def not_before(enrolment: Enrolment, hours: Hours, now: datetime) -> datetime:
    """When the next mail may leave at the earliest: in hours of work, one a day and three in seven days."""
    day = now.astimezone(hours.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    mails = SequenceMail.objects.filter(enrolment__party=enrolment.party_id, at__gt=now - WEEK)
    sent = sorted(mails.values_list("at", flat=True))
    moment = now
    if len(sent) >= A_WEEK:
        moment = max(moment, sent[-A_WEEK] + WEEK)
    if sum(at >= day for at in sent) >= A_DAY:
        moment = max(moment, day + timedelta(days=1))
    return opening(hours, moment)
