"""The way that a colleague has walked is kept with what he walked it for."""

from __future__ import annotations

from filo.collaborative.inbox.services.notes import add_note
from filo.collaborative.trees.queries.about import About
from filo.collaborative.trees.queries.walking import Step, way_in_words
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.service.services import add_ticket_note


def keep_way(principal: Principal, step: Step, about: About) -> None:
    """A note for colleagues with each question and what was answered.

    Raises `Forbidden` where he may not note anything, `NotFound` without a request or conversation.
    """
    text = way_in_words(step)
    if about.ticket is not None:
        add_ticket_note(principal, about.ticket, text)
    elif about.conversation is not None:
        add_note(principal, about.conversation, text)
    else:
        raise NotFound
