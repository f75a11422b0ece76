"""What a conversation writes on its customer's card, and what open pages hear of it."""

from __future__ import annotations

from collections.abc import Sequence

from filo.collaborative.inbox.models import Conversation, Message
from filo.foundation.access.principal import Principal
from filo.foundation.push.services import publish
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.services.timeline import page_changed, tell, untell_many

EXCERPT = 600


def tell_story(principal: Principal, conversation: Conversation, message: Message) -> list[TimelineEntry]:
    """One line for a message on the card of its customer, and of the firms he is a contact of."""
    assert conversation.party is not None  # noqa: S101
    entries = tell(
        principal,
        conversation.party,
        at=message.at,
        kind=f"message.{message.kind}",
        object="correspondence" if conversation.private else "conversation",
        channel=message.channel,
        direction=message.direction,
        summary=(message.subject or conversation.subject)[:300],
        excerpt=message.told[:EXCERPT],
        reference_kind="message",
        reference_id=message.id,
        owner_id=conversation.assignee_id or conversation.owner_id,
        unit_id=None if conversation.private else conversation.unit_id,
        company_id=conversation.company_id,
        actor_id=message.author_id,
        actor_name=_who(message),
        data=_data(conversation, message),
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
    return entries


def _who(message: Message) -> str:
    """Whose name stands beside it; nobody's where the house answered by itself."""
    if message.kind == "automatic" and message.direction == "out":
        return ""
    return message.author_name or message.from_address


def tell_anew(principal: Principal, conversation: Conversation, messages: Sequence[Message]) -> None:
    """What was said, told on the card that the conversation stands on now, and nowhere else."""
    untell_many("message", [message.pk for message in messages])
    told = [message for message in messages if message.kind != "note" and message.delivery != "later"]
    for message in told if conversation.party else []:
        tell_story(principal, conversation, message)


def _data(conversation: Conversation, message: Message) -> dict[str, object]:
    files = [[row.name, f"/inbox/{conversation.id}/files/{row.id}"] for row in message.files.all()]
    return {"conversation": str(conversation.id)} | ({"files": files} if files else {})


def conversation_changed(principal: Principal, conversation: Conversation) -> None:
    """Open pages fetch the conversation and the list anew."""
    publish(f"conversation:{conversation.id}", "changed", by=principal.page)
    publish("inbox:all", "changed", by=principal.page)
