"""The bar on the customer's page, the panel beside the talk, and how looking together is told on the card."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.collaborative.chat.models import Chat, ChatPlace
from filo.collaborative.cobrowse.queries.panel import panel_of
from filo.collaborative.cobrowse.queries.standing import standing_of, told
from filo.collaborative.visitors.door import visitor_in
from filo.foundation.push import topics
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    fill("site.over", _bar, place=20)
    fill("chat.beside", _panel, place=10)
    topics.fill_with("visit", told)
    register_kind("cobrowse.looked", TimelineKind("scan-eye", _looked, url=_address))


def _bar(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    if not ChatPlace.objects.filter(active=True).exists():
        return None
    return "cobrowse/_bar.html", {"standing": standing_of(visitor_in(request))}


def _panel(request: HttpRequest, chat: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(chat, Chat) or chat.is_over:
        return None
    return "cobrowse/_beside.html", panel_of(principal, chat)


def _looked(entry: TimelineEntry) -> str:
    return str(_("looked at pages with the customer") if entry.actor_id else _("looked at pages with us"))


def _address(entry: TimelineEntry) -> str:
    conversation = entry.data.get("conversation", "")
    return f"/inbox/{conversation}" if conversation else ""
