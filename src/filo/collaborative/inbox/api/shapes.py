"""Conversations and messages as the API takes and gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.shown_text import without_keys
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.foundation.rest.schemas import Body, Shape
from filo.operational.parties.models import Party

State = Literal["open", "waiting", "snoozed", "done"]
PERSON = "A colleague, by e-mail or id; empty: nobody."
GROUP = "A group, by its code."
FACTS = (
    *("id", "subject", "channel", "contact_name", "contact_address", "language", "state", "snoozed_until", "private"),
    *("needs_sorting", "caution", "wants_person", "tags", "started_at", "last_at", "waiting_since", "snippet"),
    *("messages_count", "version"),
)
SAID = (
    *("id", "kind", "direction", "channel", "at", "author_name", "from_address", "to", "cc", "subject", "text"),
    *("reply_text", "delivery", "delivery_note", "leaves_at"),
)


class ConversationChange(Body):
    """What changes. A group takes it from whoever has it, unless an assignee is named too; `snoozed_until` puts it off;
    `party` says with whom it is (null: nobody known).
    """

    state: Literal["open", "waiting", "done"] = "open"
    snoozed_until: datetime | None = None
    assignee: str = Field("", description=PERSON)
    group: str = Field("", description=GROUP)
    tags: list[str] = Field(default_factory=list, max_length=20)
    party: UUID | None = None


class MailBody(Body):
    """A mail that we write first, to one of the customer's addresses, from a mailbox that one may use."""

    party: UUID
    to: str = Field(max_length=320)
    mailbox: str = Field(max_length=254, description="The address of the mailbox.")
    subject: str = Field(max_length=300)
    text: str = Field(max_length=200_000)
    cc: list[str] = Field(default_factory=list, max_length=20)
    leaves_at: datetime | None = Field(None, description="Later than in ten seconds.")


class ReplyBody(Body):
    """An answer. With `seen`, the id of the message that was read last, it is refused when a colleague has answered
    since; `then` is how the conversation stands afterwards.
    """

    text: str = Field(max_length=200_000)
    cc: list[str] = Field(default_factory=list, max_length=20)
    then: Literal["waiting", "done", "open"] = "waiting"
    leaves_at: datetime | None = Field(None, description="Later than in ten seconds.")
    seen: UUID | None = None


class ConversationNote(Body):
    """A note among colleagues; who is named with @ is told."""

    text: str = Field(max_length=50_000)


class JoinBody(Body):
    """The conversation that this one becomes a part of."""

    into: UUID


class SplitBody(Body):
    """The messages that become a conversation of their own; with a request of its own, or none."""

    messages: list[UUID] = Field(min_length=1, max_length=500)
    subject: str = Field("", max_length=300)
    open_ticket: bool = False


class Person(Shape):
    """A colleague."""

    id: UUID
    name: str
    email: str


class With(Shape):
    """The customer."""

    id: UUID
    kind: Literal["person", "organisation"]
    display_name: str


class About(Shape):
    """The request that it is about."""

    id: UUID
    number: str


class FileShape(Shape):
    """A file that came or went with a message."""

    id: UUID
    name: str
    url: str


class MessageShape(Shape):
    """What was said. `reply_text` is what was written anew, without what it answers."""

    id: UUID
    kind: Literal["message", "automatic", "note"]
    direction: Literal["", "in", "out"]
    channel: str
    at: datetime
    author_name: str
    from_address: str
    to: list[str]
    cc: list[str]
    subject: str
    text: str
    reply_text: str
    delivery: Literal["", "later", "left", "failed"]
    delivery_note: str
    leaves_at: datetime | None
    files: list[FileShape]


class ConversationShape(Shape):
    """A conversation. `party` is null when it is nobody's, or somebody's whom one does not see; `private` is mail of a
    personal mailbox; `waiting_since`: since when the customer waits for an answer.
    """

    id: UUID
    subject: str
    channel: str
    party: With | None
    contact_name: str
    contact_address: str
    ticket: About | None
    group: str
    assignee: Person | None
    mailbox: str
    language: str
    state: State
    snoozed_until: datetime | None
    private: bool
    needs_sorting: bool
    caution: str
    wants_person: bool
    tags: list[str]
    started_at: datetime
    last_at: datetime
    waiting_since: datetime | None
    snippet: str
    messages_count: int
    version: int


class ConversationWithMessages(ConversationShape):
    """The same with what was said last, at most 100 messages, the oldest of them first."""

    messages: list[MessageShape]


class ConversationList(Shape):
    """A page of conversations."""

    items: list[ConversationShape]
    next: str | None
    count: int
    count_is_exact: bool


class MessageList(Shape):
    """A page of messages, the latest first."""

    items: list[MessageShape]
    next: str | None
    count: int
    count_is_exact: bool


def shown(principal: Principal, conversations: Sequence[Conversation]) -> list[dict[str, Any]]:
    """The conversations; a customer is named only to whom sees him."""
    ids = {one.party_id for one in conversations if one.party_id}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if ids and principal.may("party", "view") else []
    seen = {party.id: party for party in rows}
    return [_shape(one, seen.get(one.party_id) if one.party_id else None) for one in conversations]


def said(message: Message) -> dict[str, Any]:
    """A message with its files."""
    address = f"/api/v1/conversations/{message.conversation_id}/files"
    files = [{"id": row.id, "name": row.name, "url": f"{address}/{row.id}"} for row in message.files.all()]
    told = {"text": without_keys(message.text), "reply_text": without_keys(message.reply_text), "files": files}
    return {name: getattr(message, name) for name in SAID} | told


def _shape(found: Conversation, party: Party | None) -> dict[str, Any]:
    ticket = found.ticket
    return {name: getattr(found, name) for name in FACTS} | {
        "party": {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None,
        "ticket": {"id": ticket.id, "number": ticket.number} if ticket else None,
        "group": found.group.code if found.group else "",
        "assignee": person_shown(found.assignee),
        "mailbox": found.mailbox.address if found.mailbox else "",
    }
