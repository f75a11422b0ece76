"""Takes in what was received."""

from __future__ import annotations

import time

from django.utils.translation import gettext_lazy as _

from filo.collaborative.mailroom.apart import patient_reader, reader
from filo.collaborative.mailroom.models import Mailbox
from filo.collaborative.mailroom.services import taking
from filo.collaborative.mailroom.services.fetching import fetch
from filo.foundation import clock
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import every
from filo.foundation.jobs.services import enqueue

LONGEST_LOOK = 300.0


@every(seconds=15)
@job(label=_("Take in mails"), atomic=False)
def take_in_waiting(context: JobContext) -> dict[str, int]:
    """Everything that came in, in batches; every quarter of a minute also what nobody was told of."""
    return {"mails": taking.take_in_waiting(reader(), is_cancelled=context.cancelled)}


@every(seconds=30)
@job(label=_("Take in mails that were tried before"), atomic=False)
def take_in_again(context: JobContext) -> dict[str, int]:
    """What went wrong, or was slow, by a reader of its own."""
    return {"mails": taking.take_in_waiting(patient_reader(), again=True, is_cancelled=context.cancelled)}


@every(seconds=20)
@job(label=_("Look for mail"), atomic=True)
def look_for_mail(_context: JobContext) -> dict[str, int]:
    """Have each mailbox on another server looked at; one that is still being looked at is left."""
    waiting = Mailbox.objects.fetched().filter(fetching_until=None) | Mailbox.objects.fetched().filter(
        fetching_until__lt=clock.now()
    )
    for mailbox in waiting:
        enqueue(fetch_mailbox, mailbox=str(mailbox.pk))
    return {"mailboxes": len(waiting)}


@job(label=_("Fetch mail"), queue="outward", attempts=1, atomic=False, announced=False)
def fetch_mailbox(context: JobContext, *, mailbox: str) -> dict[str, int]:
    """What is new in one mailbox; what is left when the time is over is fetched the next time."""
    found = Mailbox.objects.fetched().filter(pk=mailbox).first()
    ends = time.monotonic() + LONGEST_LOOK

    def is_over() -> bool:
        return context.cancelled() or time.monotonic() > ends

    return {"mails": fetch(found, tell=context.progress, is_cancelled=is_over) if found else 0}
