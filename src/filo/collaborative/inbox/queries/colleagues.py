"""Whom one can name with @ in a conversation: colleagues whose role reads conversations, who may read this one then."""

from __future__ import annotations

from filo.collaborative.inbox.models import Conversation
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.queries import principal_of
from filo.operational.interactions.mentioning import Colleague, colleagues_like
from filo.operational.service.queries import members_of


def colleagues_to_name(principal: Principal, conversation: Conversation, typed: str) -> list[Colleague]:
    """At most eight whose name begins as typed; who has it, who looks after the customer and its group come first."""
    first = {conversation.assignee_id, conversation.owner_id, *members_of(conversation.group)}
    about = "correspondence" if conversation.private else "conversation"
    return colleagues_like(principal, typed, first=first, told=lambda person: principal_of(person).may(about, "view"))
