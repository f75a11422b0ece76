"""Verbs about mail: queue it with a change; claim, then send."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection  # noqa: TID251 (its one way out)
from django.core.mail.backends.base import BaseEmailBackend  # noqa: TID251
from django.db import transaction
from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.copies.queries import is_muted
from filo.foundation.errors import NotFound
from filo.foundation.events.traces import trace_of
from filo.foundation.ids import uuid7
from filo.foundation.jobs.services import enqueue
from filo.foundation.mail.errors import MailNotStopped
from filo.foundation.mail.headers import checked_address, checked_headers, checked_line
from filo.foundation.mail.models import STOPPED, MailState, OutgoingMail
from filo.foundation.mail.smtp import Outcome, outcome_of, replied

SEND_JOB = "mail.send_mail"


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
    key: str | None = None,
) -> OutgoingMail:
    """Store a mail to one address in the caller's transaction; it is sent after the commit.

    With a `key` it is sent once, however often it is asked for. Raises `InvalidFields` when the address is
    none, or a header (subject and names included) holds a line break or another control character.
    """
    mail_id = uuid7()
    mail = OutgoingMail(
        id=mail_id,
        to=checked_address(to),
        subject=checked_line("subject", subject),
        text=text,
        html=html or "",
        headers=checked_headers(headers),
        message_id=f"<{mail_id}@{urlsplit(settings.SITE_URL).hostname}>",
        key=key,
        created_at=clock.now(),
    )
    with transaction.atomic():
        if key is None:
            mail.save(force_insert=True)
        else:
            OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
            mail = OutgoingMail.objects.get(key=key)
        enqueue(SEND_JOB, key=str(mail.id), mail=str(mail.id))
    return mail


def send_claimed(mail_id: UUID, *, is_last_attempt: bool) -> MailState:
    """Claim a mail, send it, and write down what came of it; gives the new state (QUEUED: to be tried again).

    A mail that is found half sent (its worker died) becomes UNKNOWN: whether it left cannot be told, and
    it is never sent twice in silence. Of a muted copy none leaves: it is HELD.
    """
    claimed = OutgoingMail.objects.filter(pk=mail_id, state=MailState.QUEUED)
    if is_muted():
        claimed.update(state=MailState.HELD)
    if not claimed.update(state=MailState.SENDING, attempts=F("attempts") + 1):
        OutgoingMail.objects.filter(pk=mail_id, state=MailState.SENDING).update(state=MailState.UNKNOWN)
        found = OutgoingMail.objects.filter(pk=mail_id).values_list("state", flat=True).first()
        return MailState(found) if found else MailState.FAILED
    mail = OutgoingMail.objects.get(pk=mail_id)
    try:
        _hand_over(mail)
    except Exception as error:  # what went wrong decides what may be done next
        return _note_failure(mail, error, is_last_attempt=is_last_attempt)
    _write(mail, MailState.SENT, error="")
    return MailState.SENT


def send_again(principal: Principal, mail: OutgoingMail) -> None:
    """Queue a mail once more that was not sent, or perhaps not: a person decides it, knowing that.

    Raises `NotFound`, `Forbidden`, `MailNotStopped`.
    """
    if not OutgoingMail.objects.visible_to(principal).filter(pk=mail.pk).exists():
        raise NotFound
    principal.require("settings", "edit")
    with transaction.atomic():
        stopped = OutgoingMail.objects.filter(pk=mail.pk, state__in=STOPPED)
        if not stopped.update(state=MailState.QUEUED, error=""):
            raise MailNotStopped
        enqueue(SEND_JOB, principal=principal, mail=str(mail.pk))


def _hand_over(mail: OutgoingMail) -> None:
    connection: BaseEmailBackend = get_connection()
    connection.open()
    try:
        connection.send_messages([message_of(mail)])
    finally:
        # Once the server has taken the mail, a farewell that goes wrong is no reason to send it again.
        with suppress(Exception):
            connection.close()


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it is handed over."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", **mail.headers},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _note_failure(mail: OutgoingMail, error: Exception, *, is_last_attempt: bool) -> MailState:
    outcome = outcome_of(error)
    if outcome is Outcome.AMBIGUOUS:
        state = MailState.UNKNOWN
    elif outcome is Outcome.REFUSED or is_last_attempt:
        state = MailState.FAILED
    else:
        state = MailState.QUEUED
    _write(mail, state, error=replied(error) or trace_of(error))
    return state


def _write(mail: OutgoingMail, state: MailState, *, error: str) -> None:
    """Only what is still being sent, or was given up as unknown meanwhile, gets the outcome."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, state__in=[MailState.SENDING, MailState.UNKNOWN])
    mine.update(state=state, error=error, sent_at=clock.now() if state == MailState.SENT else None)
