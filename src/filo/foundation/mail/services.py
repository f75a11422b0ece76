"""Verbs about mail: queue it with a change; claim, then send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from typing import Literal
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import get_connection  # noqa: TID251 (its one way out)
from django.core.mail.backends.base import BaseEmailBackend  # noqa: TID251
from django.db import transaction
from django.db.models import F

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.copies.queries import is_muted
from filo.foundation.errors import NotFound
from filo.foundation.events.services import announce
from filo.foundation.events.traces import trace_of
from filo.foundation.ids import uuid7
from filo.foundation.jobs.services import enqueue
from filo.foundation.mail.composing import message_of
from filo.foundation.mail.errors import MailNotStopped
from filo.foundation.mail.events import MailNotSent, MailSent
from filo.foundation.mail.headers import checked_address, checked_headers, checked_line
from filo.foundation.mail.models import STOPPED, MailState, OutgoingFile, OutgoingMail
from filo.foundation.mail.smtp import Outcome, SomeRefused, outcome_of, replied

SEND_JOB = "mail.send_mail"
MOST_REFERENCES = 50
SENDER = system("mail")
Automatic = Literal["", "auto-generated", "auto-replied"]


@dataclass(frozen=True)
class Sender:
    """Whom a mail comes from: an address, and the name that people read."""

    address: str
    name: str = ""

    def __str__(self) -> str:
        return formataddr((self.name, self.address)) if self.name else self.address


def new_message_id() -> str:
    """A Message-ID that no other mail has, for who has to know it before the mail is queued."""
    return _message_id(uuid7())


def queue_mail(
    *,
    to: str,
    subject: str,
    text: str,
    html: str | None = None,
    headers: Mapping[str, str] | None = None,
    key: str | None = None,
    cc: Sequence[str] = (),
    sender: Sender | None = None,
    reply_to: str = "",
    envelope_sender: str = "",
    message_id: str = "",
    in_reply_to: str = "",
    references: Sequence[str] = (),
    attachments: Sequence[UUID] = (),
    auto_submitted: Automatic = "auto-generated",
    tells: bool = False,
    leaves_at: datetime | None = None,
) -> OutgoingMail:
    """Store a mail to one address in the caller's transaction; it is sent after the commit.

    With a `key` it is sent once, however often it is asked for. sender: the house's address where none is given.
    envelope_sender: where failures come back to, where not to the sender. attachments: ids of stored files.
    auto_submitted: empty when a person wrote it. tells: whether its end is announced (`MailSent`, `MailNotSent`).
    leaves_at: not before. Raises `InvalidFields` when an address is none, or a header (subject and names included)
    holds a line break or another control character.
    """
    mail_id = uuid7()
    mail = OutgoingMail(
        id=mail_id,
        to=checked_address(to),
        cc=[checked_address(one, "cc") for one in cc],
        sender=checked_address(str(sender), "sender") if sender else "",
        reply_to=checked_address(reply_to, "reply_to") if reply_to else "",
        envelope_sender=checked_address(envelope_sender, "envelope_sender") if envelope_sender else "",
        subject=checked_line("subject", subject),
        text=text,
        html=html or "",
        headers=checked_headers(headers),
        message_id=checked_line("message_id", message_id) or _message_id(mail_id),
        in_reply_to=checked_line("in_reply_to", in_reply_to),
        references=[checked_line("references", one) for one in references][-MOST_REFERENCES:],
        auto_submitted=auto_submitted,
        tells=tells,
        key=key,
        created_at=clock.now(),
    )
    return _stored(mail, attachments, leaves_at)


def _stored(mail: OutgoingMail, attachments: Sequence[UUID], leaves_at: datetime | None) -> OutgoingMail:
    """The mail in the database with its files and its job, or the one that has its key already."""
    with transaction.atomic():
        if mail.key is None:
            mail.save(force_insert=True)
        else:
            OutgoingMail.objects.bulk_create([mail], ignore_conflicts=True)
            found = OutgoingMail.objects.get(key=mail.key)
            if found.pk != mail.pk:
                enqueue(SEND_JOB, key=str(found.id), run_at=leaves_at, mail=str(found.id))
                return found
        files = [OutgoingFile(mail=mail, file_id=id_, position=place) for place, id_ in enumerate(attachments)]
        OutgoingFile.objects.bulk_create(files)
        enqueue(SEND_JOB, key=str(mail.id), run_at=leaves_at, mail=str(mail.id))
    return mail


def _message_id(id_: UUID) -> str:
    return f"<{id_}@{urlsplit(settings.SITE_URL).hostname}>"


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
    except SomeRefused as some:  # the others have it: it is not sent again
        _write(mail, MailState.SENT, error=str(some))
        return MailState.SENT
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
    with transaction.atomic():
        written = mine.update(state=state, error=error, sent_at=clock.now() if state == MailState.SENT else None)
        if written and mail.tells and state == MailState.SENT:
            announce(SENDER, MailSent(mail=mail.id))
        elif written and mail.tells and state in STOPPED:
            announce(SENDER, MailNotSent(mail=mail.id, state=state.value))


def note_return(mail: OutgoingMail, why: str, *, at: datetime) -> None:
    """A mail that was sent came back for good: write it down, with what the other server said of it."""
    OutgoingMail.objects.filter(pk=mail.pk).update(state=MailState.RETURNED, error=why[:2000], bounced_at=at)
