"""How much waits where, and for how long: jobs, events, mails. Counts stop at a thousand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from filo.foundation import clock
from filo.foundation.events.models import FailedDelivery, OutboxEvent
from filo.foundation.ids import uuid7_for
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.registry import QUEUES
from filo.foundation.mail.models import MailState, OutgoingMail

CAP = 1000


@dataclass(frozen=True)
class Waiting:
    """So many wait (at most `CAP` are counted), the oldest for so many seconds."""

    count: int
    seconds: float


def queues() -> dict[str, Waiting]:
    """What is due on each queue."""
    moment = clock.now()
    found: dict[str, Waiting] = {}
    for queue in QUEUES:
        due = Job.objects.filter(state=JobState.READY, queue=queue, run_at__lte=moment).order_by("run_at", "id")
        oldest = due.values_list("run_at", flat=True).first()
        found[queue] = Waiting(due[:CAP].count() if oldest else 0, _age(oldest, moment))
    return found


def set_aside() -> int:
    """Jobs that broke too often and wait for a person."""
    return Job.objects.filter(state=JobState.QUARANTINED)[:CAP].count()


def events() -> Waiting:
    """Events that are not handed on yet."""
    waiting = OutboxEvent.objects.filter(relayed_at=None).order_by("id")
    oldest = waiting.values_list("time", flat=True).first()
    return Waiting(waiting[:CAP].count() if oldest else 0, _age(oldest, clock.now()))


def events_parked() -> int:
    """Deliveries that failed too often and wait for a person."""
    return FailedDelivery.objects.filter(parked_at__isnull=False)[:CAP].count()


def events_announced() -> int:
    """How many events there have been, by the place of the last one."""
    return OutboxEvent.objects.order_by("-id").values_list("id", flat=True).first() or 0


def mails() -> dict[str, int]:
    """Mails that have not left, by state, and those that left within a day."""
    day = uuid7_for(clock.now() - timedelta(days=1))
    found = {
        state.value: OutgoingMail.objects.filter(state=state)[:CAP].count()
        for state in (MailState.QUEUED, MailState.SENDING, MailState.FAILED, MailState.UNKNOWN)
    }
    found["sent_in_a_day"] = OutgoingMail.objects.filter(state=MailState.SENT, id__gte=day).count()
    return found


def oldest_mail() -> float:
    """For how many seconds the oldest mail has been waiting."""
    waiting = OutgoingMail.objects.filter(state=MailState.QUEUED).order_by("id")
    return _age(waiting.values_list("created_at", flat=True).first(), clock.now())


def _age(since: datetime | None, moment: datetime) -> float:
    return max(0.0, (moment - since).total_seconds()) if since else 0.0
