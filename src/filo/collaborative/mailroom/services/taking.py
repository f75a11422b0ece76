"""Takes in what was received: reads it apart, then hands it to its taker in the transaction that notes it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from filo.collaborative.mailroom.apart import Reader
from filo.collaborative.mailroom.events import MailQuarantined, MailTakenIn
from filo.collaborative.mailroom.failures import note_failure_of_ours
from filo.collaborative.mailroom.models import IncomingMail, State
from filo.collaborative.mailroom.reading.errors import Refused
from filo.collaborative.mailroom.reading.parsed import ParsedMail
from filo.collaborative.mailroom.takers import taker_of
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.events.services import announce
from filo.foundation.events.traces import trace_of
from filo.foundation.files.errors import FileGone
from filo.foundation.jobs.services import enqueue

TAKE_AGAIN_JOB = "mailroom.take_in_again"
MOST_ATTEMPTS = 3
A_BATCH = 20
CLAIM = timedelta(seconds=90)
PAUSES = (timedelta(seconds=0), timedelta(seconds=30))
READER = system("mailroom")


def claimed(*, again: bool = False) -> list[IncomingMail]:
    """The next mails that wait, the oldest first, claimed for a while: who falls over one leaves it to others.

    again: those that were tried before, which go another way so that they keep nobody waiting.
    """
    moment = clock.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=moment)
    tried = Q(attempts__gt=0) if again else Q(attempts=0)
    with transaction.atomic():
        waiting = IncomingMail.objects.filter(free, tried, state=State.RECEIVED, due_at__lte=moment)
        found = list(waiting.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "id")[:A_BATCH])
        mine = IncomingMail.objects.filter(pk__in=[mail.pk for mail in found])
        mine.update(claimed_until=moment + CLAIM, attempts=F("attempts") + 1)
        whole = mine.select_related("mailbox__company", "mailbox__group__company", "mailbox__group__calendar", "raw")
        return list(whole.order_by("due_at", "id"))


def take_in_waiting(reader: Reader, *, again: bool = False, is_cancelled: Callable[[], bool] = lambda: False) -> int:
    """Take in everything that waits, or (`again`) what was tried before; gives how many mails were looked at."""
    looked_at = 0
    while not is_cancelled() and (batch := claimed(again=again)):
        for mail in batch:
            take_in(mail, reader)
            looked_at += 1
    return looked_at


def take_in(mail: IncomingMail, reader: Reader) -> None:
    """Read one claimed mail and hand it on; what goes wrong is noted on it and stops no other."""
    try:
        read = reader.read(mail, patient=mail.attempts > 1)
    except Refused as refusal:
        put_off_or_aside(mail, refusal.code, refusal.detail, is_final=refusal.is_final)
        return
    except FileGone:
        put_off_or_aside(mail, "content-gone", "", is_final=True)
        return
    try:
        with transaction.atomic():
            if _is_mine(mail.pk):
                hand_on(mail, read.kept())
    except Exception as error:  # a taker's fault is this mail's, not the others'
        put_off_or_aside(mail, "not-taken", trace_of(error), is_final=False)
    finally:
        read.let_go()


def hand_on(mail: IncomingMail, parsed: ParsedMail) -> None:
    """Write down what a mail is and give it to its taker, within the caller's transaction."""
    mail.kind, mail.facts, mail.message_id = parsed.kind, parsed.facts(), parsed.message_id[:998]
    mail.sender = parsed.sender.address[:320].lower()
    mail.state, mail.reason, mail.error = State.TAKEN, "", ""
    mail.ended_at, mail.claimed_until = clock.now(), None
    mail.save()
    if parsed.bounce is not None or parsed.receipt is not None:
        note_failure_of_ours(mail, parsed)
    if take := taker_of(parsed.kind):
        take(mail, parsed)
    announce(READER, MailTakenIn(mail=mail.id, mailbox=mail.mailbox_id, kind=parsed.kind))


def put_off_or_aside(mail: IncomingMail, reason: str, error: str, *, is_final: bool) -> None:
    """Try it again later, or put it aside with the reason, its raw text kept."""
    mine = IncomingMail.objects.filter(pk=mail.pk, state=State.RECEIVED)
    if not is_final and mail.attempts < MOST_ATTEMPTS:
        due = clock.now() + PAUSES[mail.attempts - 1]
        with transaction.atomic():
            if mine.update(due_at=due, claimed_until=None, reason=reason, error=error):
                enqueue(TAKE_AGAIN_JOB, key=f"{mail.pk} {mail.attempts}", run_at=due)
        return
    with transaction.atomic():
        ended = {"state": State.QUARANTINED, "ended_at": clock.now(), "claimed_until": None}
        if mine.update(reason=reason, error=error, **ended):
            announce(READER, MailQuarantined(mail=mail.pk, mailbox=mail.mailbox_id, reason=reason))


def _is_mine(id_: UUID) -> bool:
    """Whether it still waits; locks it."""
    return IncomingMail.objects.select_for_update().filter(pk=id_, state=State.RECEIVED).exists()
