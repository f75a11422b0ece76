"""Receives mails: each is on the disk and in the database before anybody is told that we have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from filo.collaborative.mailroom.likeness import content_of, message_id_of
from filo.collaborative.mailroom.models import IncomingMail, Mailbox, State
from filo.foundation import clock
from filo.foundation.files.services import store_file
from filo.foundation.jobs.services import enqueue

TAKE_IN_JOB = "mailroom.take_in_waiting"
# Mails that come within such a time share one job, which begins when it is over.
TOGETHER = timedelta(seconds=0.25)


@dataclass(frozen=True)
class Delivery:
    """A mail as it arrives at one mailbox."""

    raw: bytes
    mailbox: Mailbox | None
    envelope_from: str = ""
    envelope_to: str = ""
    received_at: datetime | None = None
    is_old: bool = False
    reason: str = ""  # why it is put aside at once, its heads alone kept


def receive(deliveries: Sequence[Delivery]) -> list[IncomingMail | None]:
    """Keep mails, in one transaction; gives a row for each that is new, None for one that we have already.

    Raises `FileTooLarge`.
    """
    with transaction.atomic():
        made = [_kept(delivery) for delivery in deliveries]
        if any(made):
            have_taken_in()
    return made


def have_taken_in() -> None:
    """Have what waits taken in soon; called within the transaction that makes it wait."""
    length = TOGETHER.total_seconds()
    window = int(clock.now().timestamp() / length) + 1
    due = datetime.fromtimestamp(window * length, tz=clock.now().tzinfo)
    enqueue(TAKE_IN_JOB, key=f"until {window}", run_at=due)


def _kept(delivery: Delivery) -> IncomingMail | None:
    moment, raw = delivery.received_at or clock.now(), delivery.raw
    content, box = content_of(raw), delivery.mailbox
    if IncomingMail.objects.filter(mailbox=box, content=content).exists():
        return None
    row = IncomingMail(
        mailbox=box,
        envelope_from=delivery.envelope_from[:320],
        envelope_to=delivery.envelope_to[:320],
        received_at=moment,
        raw=store_file(raw, name=f"{moment:%Y%m%dT%H%M%S}.eml", media_type="message/rfc822"),
        content=content,
        message_id=message_id_of(raw),
        is_old=delivery.is_old,
        due_at=clock.now(),
    )
    if delivery.reason:
        row.state, row.reason, row.ended_at = State.QUARANTINED, delivery.reason, clock.now()
    # Of two who bring the same mail at once, one inserts; the row tells which.
    IncomingMail.objects.bulk_create([row], ignore_conflicts=True)
    return row if _is_there(row.id) else None


def _is_there(id_: UUID) -> bool:
    return IncomingMail.objects.filter(pk=id_).exists()
