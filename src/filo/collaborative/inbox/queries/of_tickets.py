"""What was said about a request, as its page shows it."""

from __future__ import annotations

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.boxes import messages_of
from filo.foundation.access.principal import Principal
from filo.operational.service.models import Ticket
from filo.operational.service.queries import family_of

MOST_TALKS, MOST_SAID = 5, 40


def talks_of_ticket(principal: Principal, ticket: Ticket) -> list[tuple[Conversation, list[Message]]]:
    """The conversations about a request and those merged into it that this principal may read, the latest first, each
    with what was said last. What the customer said on the request's page stands on it already.
    """
    rows = Conversation.objects.visible_to(principal).filter(ticket__in=family_of(ticket))
    talks = rows.order_by("-last_at", "-id")[:MOST_TALKS]
    return [(talk, [one for one in messages_of(talk) if one.channel != "page"][-MOST_SAID:]) for talk in talks]
