"""A queued mail as it is handed over: its heads, its text in two forms, its files."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives  # noqa: TID251 (its one way out)
from django.core.mail.backends.base import BaseEmailBackend  # noqa: TID251

from filo.foundation.files.queries import read_file
from filo.foundation.mail.models import OutgoingMail


def message_of(mail: OutgoingMail, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The mail as it is handed over. Raises `FileGone` when a file of it is not there any more."""
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=envelope_of(mail),
        to=[mail.to],
        cc=list(mail.cc),
        headers=_heads(mail),
        connection=connection,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    for found in mail.files.select_related("file"):
        message.attach(found.file.name, read_file(found.file), found.file.media_type)
    return message


def envelope_of(mail: OutgoingMail) -> str:
    """Where failures come back to: Django takes the envelope's sender from here, and the head from `From`."""
    return mail.envelope_sender or parseaddr(mail.sender or settings.DEFAULT_FROM_EMAIL)[1]


def house_mark() -> str:
    """What our mails carry in X-Loop, by which we know them when they come back to us."""
    return str(urlsplit(settings.SITE_URL).netloc)


def _heads(mail: OutgoingMail) -> dict[str, str]:
    heads = {"From": mail.sender or settings.DEFAULT_FROM_EMAIL, "Message-ID": mail.message_id, "X-Loop": house_mark()}
    if mail.auto_submitted:
        heads |= {"Auto-Submitted": mail.auto_submitted, "X-Auto-Response-Suppress": "All"}
    if mail.reply_to:
        heads["Reply-To"] = mail.reply_to
    if mail.in_reply_to:
        heads["In-Reply-To"] = mail.in_reply_to
    if mail.references:
        heads["References"] = " ".join(mail.references)
    return {**heads, **mail.headers}
