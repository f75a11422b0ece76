"""Finds the mail of ours that came back, and tells who sent it."""

from __future__ import annotations

from filo.collaborative.mailroom.events import MailReturned
from filo.collaborative.mailroom.models import IncomingMail
from filo.collaborative.mailroom.reading.parsed import Bounce, ParsedMail
from filo.collaborative.mailroom.takers import tell_of_failure
from filo.foundation.access.principal import system
from filo.foundation.events.services import announce
from filo.foundation.mail.models import OutgoingMail
from filo.foundation.mail.services import note_return

READER = system("mailroom")
_FAILED = ("not-accepted", "not-delivered", "virus")


def note_failure_of_ours(incoming: IncomingMail, parsed: ParsedMail) -> OutgoingMail | None:
    """Note on our mail that it came back, if this report is about one; gives the mail. Within a transaction."""
    bounce = parsed.bounce or _as_bounce(parsed)
    mail = mail_that_returned(bounce, parsed) if bounce else None
    if mail is None or bounce is None:
        return None
    if bounce.is_final:
        note_return(mail, bounce.diagnostic or bounce.status, at=incoming.received_at)
    announce(READER, MailReturned(mail=mail.id, incoming=incoming.id, final=bounce.is_final))
    tell_of_failure(mail, bounce, incoming)
    return mail


def mail_that_returned(bounce: Bounce, parsed: ParsedMail) -> OutgoingMail | None:
    """The mail that a report is about: by its Message-ID, which nobody can guess; None when it is none of ours."""
    ids = [bounce.original_message_id, parsed.in_reply_to, *parsed.references]
    known = OutgoingMail.objects.filter(message_id__in=[id_ for id_ in ids if id_])
    found = {mail.message_id: mail for mail in known}
    return next((found[id_] for id_ in ids if id_ in found), None)


def _as_bounce(parsed: ParsedMail) -> Bounce | None:
    receipt = parsed.receipt
    if receipt is None or receipt.type not in _FAILED:
        return None
    return Bounce(
        recipients=receipt.recipients,
        diagnostic=receipt.error,
        original_message_id=receipt.original_message_id,
        is_final=True,
    )
