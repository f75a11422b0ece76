"""Which conversation a message belongs to: by what it answers, by a request's number, by a careful guess."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.senders import shared_parties
from filo.operational.service.queries import family_of, numbers_in, ticket_by_number

GUESSED_WITHIN = timedelta(days=30)
MOST_REFERENCES = 50
# What mail programs put before the subject of an answer, in the languages that our customers write.
_PREFIX = re.compile(r"^\s*(?:(?:re|r|rif|fw|fwd|i|inoltro|aw|wg|sv|ref)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_NUMBER = re.compile(r"\s*\[#\d[\d\s-]*\]\s*")


@dataclass(frozen=True)
class Written:
    """What a message says about where it belongs."""

    address: str
    subject: str
    text: str
    in_reply_to: str
    references: Sequence[str]
    at: datetime


@dataclass(frozen=True)
class Thread:
    """The conversation it goes on with, or the one that it only names: a stranger does not enter another's talk."""

    conversation: Conversation | None
    named: Conversation | None = None


def bare_subject(subject: str) -> str:
    """Without "Re:" and the request's number, as it was first written."""
    return _PREFIX.sub("", _NUMBER.sub(" ", subject)).strip()


def thread_of(written: Written, *, private: bool) -> Thread:
    """Where a message goes on; `private` is whether it came to a personal mailbox, whose talks are its own."""
    named = _answered(written) or _numbered(written)
    if named is not None and named.private == private:
        return Thread(named) if _takes_part(named, written.address) else Thread(None, named)
    return Thread(_guessed(written, private=private))


def _answered(written: Written) -> Conversation | None:
    ids = [one for one in (written.in_reply_to, *reversed(written.references)) if one][:MOST_REFERENCES]
    rows = Message.objects.filter(message_id__in=ids).exclude(kind="note").select_related("conversation")
    by_id = {row.message_id: row.conversation for row in rows}
    return next((final(by_id[one]) for one in ids if one in by_id), None)


def _numbered(written: Written) -> Conversation | None:
    for number in (*numbers_in(written.subject), *numbers_in(written.text)):
        ticket = ticket_by_number(number)
        if ticket is not None:
            talks = Conversation.objects.filter(ticket__in=family_of(ticket), merged_into=None)
            found = talks.order_by("-last_at").first()
            if found is not None:
                return found
    return None


def _guessed(written: Written, *, private: bool) -> Conversation | None:
    """The one open talk of this sender under the same words; two of them are no guess any more."""
    subject = bare_subject(written.subject)
    if not subject or subject == written.subject.strip():
        return None  # nothing says that it is an answer
    rows = Conversation.objects.filter(
        contact_address=written.address,
        private=private,
        merged_into=None,
        subject__iexact=subject,
        last_at__gte=written.at - GUESSED_WITHIN,
    )
    found = list(rows.exclude(state="done").order_by("-last_at")[:2])
    return found[0] if len(found) == 1 else None


def final(conversation: Conversation) -> Conversation:
    """The conversation that this one became part of, or itself."""
    seen = {conversation.pk}
    while conversation.merged_into_id and conversation.merged_into_id not in seen:
        seen.add(conversation.merged_into_id)
        conversation = Conversation.objects.get(pk=conversation.merged_into_id)
    return conversation


def _takes_part(conversation: Conversation, address: str) -> bool:
    """Whether somebody of this address has taken part: wrote, was written to, or is the same customer."""
    if address == conversation.contact_address:
        return True
    if conversation.party_id and conversation.party_id in shared_parties(address):
        return True
    rows = conversation.messages.exclude(kind="note").values_list("from_address", "to", "cc", "direction")
    return any(
        address == sender or (direction == "out" and address in (*to, *cc)) for sender, to, cc, direction in rows
    )
