"""What the knowledge base shows on the pages of others: the rail, the palette, the page of a request."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from filo.collaborative.knowledge.changed import register_changes
from filo.collaborative.knowledge.findable import declare_words
from filo.collaborative.knowledge.services.taking_back import register_undo
from filo.collaborative.knowledge.telling import declare_notices
from filo.foundation.access.principal import Principal
from filo.foundation.lists.registry import KnownList
from filo.foundation.lists.registry import register as register_list
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.service.models import Ticket


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    declare_words()
    register_changes()
    register_undo()
    register_list(KnownList("articles", "/knowledge", gettext_lazy("Knowledge base"), "book-open"))
    add_entry("rail", Entry("/knowledge", "book-open", gettext_lazy("Knowledge base"), _reads, place=34, key="g k"))
    add_entry(
        "new",
        Entry("/knowledge/new", "book-open", gettext_lazy("Article"), lambda p: p.may("article", "create"), place=60),
    )
    add_command(
        Command(
            "knowledge.asked",
            gettext_lazy("What people did not find"),
            "circle-question-mark",
            "/knowledge/asked",
            _writes,
            words="domande senza risposta non trovato faq conoscenza unanswered questions",
            place=64,
        )
    )
    fill("service.ticket.aside", _on_ticket, place=20)


def _reads(principal: Principal) -> bool:
    return principal.may("article", "view")


def _writes(principal: Principal) -> bool:
    return principal.may("article", "edit")


def _on_ticket(request: HttpRequest, ticket: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not _reads(principal) or not isinstance(ticket, Ticket):
        return None
    return "knowledge/_on_ticket.html", {
        "ticket": ticket,
        "may_create": principal.may("article", "create"),
    }
