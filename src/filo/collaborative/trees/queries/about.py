"""What a colleague walks a tree for: a request, a conversation, or nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.queries.boxes import seen_conversation
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.service.models import Ticket
from filo.operational.service.queries.finding import seen_ticket


@dataclass(frozen=True)
class About:
    """`code` is how an address names it: "ticket:ID", "conversation:ID", or empty."""

    code: str = ""
    ticket: Ticket | None = None
    conversation: Conversation | None = None

    @property
    def text(self) -> str:
        """What the customer asks."""
        if self.ticket is not None:
            return f"{self.ticket.subject} {self.ticket.description}"
        return self.conversation.subject if self.conversation is not None else ""

    @property
    def language(self) -> str:
        """In which language he asks."""
        found = self.ticket or self.conversation
        return found.language if found is not None else "it"

    @property
    def address(self) -> str:
        """Where it is read."""
        kind, _colon, number = self.code.partition(":")
        return {"ticket": f"/tickets/{number}", "conversation": f"/inbox/{number}"}.get(kind, "/trees")


def named_about(principal: Principal, code: str) -> About:
    """What an address names, as far as this principal sees it. Raises `NotFound`."""
    kind, _colon, number = code.partition(":")
    if not code:
        return About()
    try:
        found = UUID(number)
    except ValueError:
        raise NotFound from None
    if kind == "ticket":
        return About(code, ticket=seen_ticket(principal, found))
    if kind == "conversation":
        return About(code, conversation=seen_conversation(principal, found))
    raise NotFound
