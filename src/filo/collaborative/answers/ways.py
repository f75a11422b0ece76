"""Ways on that higher apps offer in an automatic answer: a line with a link, for this one customer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from filo.collaborative.inbox.models import Conversation, Message


@dataclass(frozen=True)
class Way:
    """A sentence that ends where its link begins."""

    sentence: str
    link: str


Offer = Callable[[Conversation, Message], Way | None]
_offers: list[Offer] = []


def offer_way(offer: Offer) -> None:
    """Ask `offer` for a way on, in the customer's language, before an answer to a proved customer leaves."""
    _offers.append(offer)


def way_for(conversation: Conversation, message: Message) -> Way | None:
    """The first that is offered; nobody whose address is not proved gets one."""
    if not conversation.proved or conversation.party is None:
        return None
    return next((found for offer in _offers if (found := offer(conversation, message))), None)
