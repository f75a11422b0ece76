"""What waited in a muted copy: how much it is, and what becomes of it when the copy speaks again."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from filo.foundation.jobs.services import enqueue
from filo.foundation.mail.models import MailState, OutgoingMail
from filo.foundation.mail.services import SEND_JOB

WAITING = (MailState.QUEUED, MailState.HELD)


def mails_waiting() -> int:
    """The mails that would leave now, or would have left if the copy were not muted."""
    return _waiting().count()


def keep_back() -> int:
    """What waits is not sent by itself any more: it stays in the outbox, for a person to decide. Gives how many."""
    return _waiting().update(state=MailState.HELD)


def send_after_all() -> int:
    """Send what waits, in the order in which it was written; gives how many."""
    with transaction.atomic():
        waiting = list(_waiting().select_for_update().order_by("id").values_list("pk", flat=True))
        OutgoingMail.objects.filter(pk__in=waiting).update(state=MailState.QUEUED)
        for pk in waiting:  # a job of its own: the first one may have ended when it found the copy muted
            enqueue(SEND_JOB, mail=str(pk))
    return len(waiting)


def _waiting() -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(state__in=WAITING)
