"""What decision trees show on the pages of others: rail, new menu, requests, conversations, the knowledge base."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language, gettext_lazy

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.knowledge.models import Article
from filo.collaborative.trees.changed import register_changes
from filo.collaborative.trees.queries.offering import trees_for
from filo.collaborative.trees.queries.trees import told_trees, trees_with_article
from filo.collaborative.trees.services.taking_back import register_undo
from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.service.models import Ticket

Shown = tuple[str, dict[str, Any]] | None


def register() -> None:
    """Called once, when the program starts."""
    register_changes()
    register_undo()
    add_entry("rail", Entry("/trees", "route", gettext_lazy("Decision trees"), _reads, place=36))
    add_entry(
        "new",
        Entry("/trees/new", "route", gettext_lazy("Decision tree"), lambda p: p.may("tree", "create"), place=62),
    )
    fill("service.ticket.aside", _beside_ticket, place=30)
    fill("inbox.conversation.aside", _beside_conversation, place=40)
    fill("knowledge.article.aside", _with_article, place=40)
    add_command(
        Command(
            "trees.walk",
            gettext_lazy("Walk a decision tree"),
            "route",
            "/trees/walks",
            _reads,
            words="albero decisione guida percorso domande script guide questions",
            place=66,
        )
    )
    fill("knowledge.kb.home", _guides, place=20)
    fill("knowledge.kb.unsure", _offered, place=20)


def _reads(principal: Principal) -> bool:
    return principal.may("tree", "view")


def _beside_ticket(request: HttpRequest, ticket: Any) -> Shown:
    return _beside(request, f"ticket:{ticket.pk}") if isinstance(ticket, Ticket) else None


def _beside_conversation(request: HttpRequest, conversation: Any) -> Shown:
    return _beside(request, f"conversation:{conversation.pk}") if isinstance(conversation, Conversation) else None


def _beside(request: HttpRequest, about: str) -> Shown:
    principal = principal_in(request)
    return ("trees/_beside.html", {"about": about}) if principal is not None and _reads(principal) else None


def _with_article(request: HttpRequest, article: Any) -> Shown:
    principal = principal_in(request)
    if principal is None or not _reads(principal) or not isinstance(article, Article):
        return None
    trees = trees_with_article(principal, article.pk)
    return ("trees/_with_article.html", {"trees": trees}) if trees else None


def _guides(_request: HttpRequest, _subject: Any) -> Shown:
    trees = told_trees("public")
    return ("trees/kb/_guides.html", {"trees": trees}) if trees else None


def _offered(_request: HttpRequest, text: Any) -> Shown:
    trees = trees_for(str(text), get_language() or "it", "public")
    return ("trees/kb/_guides.html", {"trees": trees, "offered": True}) if trees else None
