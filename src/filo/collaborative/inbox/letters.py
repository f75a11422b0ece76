"""How an answer looks as a mail: its subject with the request's number, whom it is from, what it quotes."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from filo.collaborative.inbox.models import Conversation, Message
from filo.foundation.mail.services import Automatic, Sender

MOST_QUOTED, MOST_REFERENCES = 200, 20


def subject_of(conversation: Conversation) -> str:
    """ "Re: what he asked [#100234-7]": the number brings the answer to the same talk, whatever its program does."""
    subject = conversation.subject or _("Your message")
    answered = conversation.messages.filter(direction="in").exists()
    number = f" [#{conversation.ticket.number}]" if conversation.ticket else ""
    return f"{'Re: ' if answered else ''}{subject}"[: 500 - len(number)] + number


def headers_of(conversation: Conversation, message: Message) -> dict[str, Any]:
    """Sender, and what the mail answers, as `queue_mail` takes them."""
    last = conversation.messages.filter(direction="in").exclude(message_id="").order_by("-at", "-id").first()
    before = [*last.references, last.message_id] if last else []
    mailbox = conversation.mailbox
    return {
        "sender": Sender(mailbox.address, mailbox.name) if mailbox else None,
        "in_reply_to": f"<{last.message_id}>" if last else "",
        "references": [f"<{one}>" for one in before[-MOST_REFERENCES:]],
        "cc": list(message.cc),
        "auto_submitted": _automatic(conversation) if message.kind == "automatic" else "",
        "tells": True,
    }


def _automatic(conversation: Conversation) -> Automatic:
    """What answers a customer is a reply, also when his mail had no id (RFC 3834)."""
    return "auto-replied" if conversation.messages.filter(direction="in").exists() else "auto-generated"


def letter_of(conversation: Conversation, message: Message, *, quoted: bool) -> str:
    """The text, the mailbox's signature unless it is signed, and what is answered, in the customer's language."""
    with translation.override(conversation.language):
        parts = [message.text.rstrip()]
        signature = _signature(conversation)
        if signature and signature not in message.text and not _is_signed(conversation, message):
            parts.append(f"-- \n{signature}")
        last = conversation.messages.filter(direction="in", kind="message").order_by("-at", "-id").first()
        if quoted and last is not None:
            parts.append(_quoted(last))
        return "\n\n".join(parts) + "\n"


def _is_signed(conversation: Conversation, message: Message) -> bool:
    """Whether a letter that was written by itself, as those about orders, ends with the name of our company."""
    company, last = conversation.company, message.text.rstrip().rpartition("\n")[2]
    return message.kind == "automatic" and company is not None and last in (company.legal_name, company.name)


def _signature(conversation: Conversation) -> str:
    mailbox = conversation.mailbox
    if mailbox is None:
        return ""
    return str(mailbox.signature_en if conversation.language.startswith("en") else mailbox.signature_it).strip()


def _quoted(message: Message) -> str:
    when, who = date_format(localtime(message.at), "DATETIME_FORMAT"), message.author_name or message.from_address
    lines = (message.reply_text or message.text).strip().splitlines()
    told = _("On %(when)s %(who)s wrote:") % {"when": when, "who": who}
    return "\n".join(
        [told, *(f"> {line}" for line in lines[:MOST_QUOTED]), *(["> […]"] if len(lines) > MOST_QUOTED else [])]
    )
