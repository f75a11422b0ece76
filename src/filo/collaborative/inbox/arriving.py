"""Mails that the mailroom has understood, as the inbox takes them in."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext_noop

from filo.collaborative.inbox.queries.senders import Sender
from filo.collaborative.inbox.services.arrivals import Arrived, File
from filo.collaborative.inbox.services.failing import not_delivered
from filo.collaborative.inbox.services.taking_in import take_in
from filo.collaborative.mailroom.models import IncomingMail
from filo.collaborative.mailroom.reading.parsed import Bounce, ParsedMail
from filo.collaborative.mailroom.takers import hear_of_failures, take
from filo.foundation.access.principal import system
from filo.foundation.mail.models import OutgoingMail

DOUBTFUL = gettext_noop("The server of the sender says that this address is perhaps not his.")
MOST_TEXT = 500_000


def register_arrivals() -> None:
    """Called once, when the program starts."""
    take("message", "automatic", "list", by=_arrive)
    hear_of_failures(_came_back)


def _arrive(incoming: IncomingMail, mail: ParsedMail) -> None:
    """Answers go to Reply-To, but whose the mail is is told by who sent it."""
    take_in(system("mail"), arrived_by_mail(incoming, mail))


def arrived_by_mail(incoming: IncomingMail, mail: ParsedMail) -> Arrived:
    """A mail as what came in; its time is ours, never the sender's, so that nobody writes himself to the top."""
    return Arrived(
        channel="mail",
        sender=Sender(mail.sender.address or incoming.envelope_from, mail.sender.name),
        subject=mail.subject,
        text=mail.text[:MOST_TEXT],
        reply_text=mail.reply_text[:MOST_TEXT],
        at=incoming.received_at,
        kind="message" if mail.kind == "message" else "automatic",
        language=mail.language or "it",
        html=mail.html[:MOST_TEXT],
        to=[one.address for one in mail.to],
        cc=[one.address for one in mail.cc],
        message_id=bare(mail.message_id),
        in_reply_to=bare(mail.in_reply_to),
        references=[bare(one) for one in mail.references],
        files=[File(UUID(one.file), one.name, one.content_id) for one in mail.attachments],
        mailbox=incoming.mailbox,
        incoming_id=incoming.id,
        caution=DOUBTFUL if mail.authentication.is_doubtful else "",
        proved=mail.authentication.is_sure,
        old=incoming.is_old,
    )


def bare(message_id: str) -> str:
    """A Message-ID without its brackets, as it is kept and compared."""
    return message_id.strip().strip("<>")


def _came_back(mail: OutgoingMail, bounce: Bounce, incoming: IncomingMail) -> None:
    reason = " · ".join(part for part in (bounce.status, bounce.diagnostic) if part)
    not_delivered(system("mail"), mail.message_id, permanent=bounce.is_final, reason=reason, at=incoming.received_at)
