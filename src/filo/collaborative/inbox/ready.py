"""Texts kept ready, filled in for the customer who is answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from filo.collaborative.inbox.models import Conversation, Snippet
from filo.foundation.access.principal import Principal
from filo.foundation.placeholders import MissingValue, fill
from filo.operational.service.queries import status_link


@dataclass(frozen=True)
class Ready:
    """A text as it would be put in; `missing` names what there is nothing to put in for."""

    code: str
    title: str
    text: str
    missing: str = ""


def ready_texts(snippets: Iterable[Snippet], conversation: Conversation, principal: Principal) -> list[Ready]:
    """In the customer's language where the text has it, else in the other one."""
    values = values_of(conversation, principal)
    english = conversation.language.startswith("en")
    found = []
    for snippet in snippets:
        text = (snippet.text_en or snippet.text_it) if english else (snippet.text_it or snippet.text_en)
        try:
            found.append(Ready(snippet.code, snippet.title, fill(text, values)))
        except MissingValue as missing:
            found.append(Ready(snippet.code, snippet.title, text, missing.name))
    return found


def values_of(conversation: Conversation, principal: Principal) -> dict[str, str]:
    """What can be put into a text: who the customer is, his request, who answers."""
    party, ticket, group = conversation.party, conversation.ticket, conversation.group
    return {
        "customer.name": party.display_name if party else conversation.contact_name,
        "customer.salutation": party.salutation if party else "",
        "request.number": str(ticket.number) if ticket else "",
        "request.subject": ticket.subject if ticket else "",
        "request.page": status_link(ticket) if ticket else "",
        "group.name": group.name if group else "",
        "me.name": principal.name,
        "company.name": conversation.company.name if conversation.company else "",
    }
