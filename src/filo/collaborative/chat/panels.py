"""The chats in the rail, the button on our pages, who hears what, and how a chat is told on the card."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.collaborative.chat.models import Chat, ChatPlace
from filo.collaborative.chat.queries.console import waiting_chats
from filo.collaborative.chat.queries.talk import going_on_with, is_of, seen_by, told
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.visitors.door import visitor_in
from filo.foundation.access.principal import Principal
from filo.foundation.organisation.policies import finds_settings
from filo.foundation.push import topics
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.parties.models import TimelineEntry
from filo.operational.parties.timeline_kinds import TimelineKind, register_channel
from filo.operational.parties.timeline_kinds import register as register_kind

OURS = "filo"


def register() -> None:
    """Called once, when the program starts."""
    add_entry(
        "rail",
        Entry("/chats", "messages-square", _("Chats"), _may_read, place=31, foot=5, counted=waiting_chats, key="g w"),
    )
    add_entry(
        "settings",
        Entry(
            "/settings/chat",
            "message-circle",
            _("Chat"),
            finds_settings,
            place=54,
            hint=_("On our pages and on any site"),
        ),
    )
    topics.register("chat", _may_hear)
    topics.fill_with("chat", told)
    topics.widen("visit", _may_hear_visitor)
    topics.register("chats", lambda principal, _all: _may_read(principal))
    fill("site.over", _button, place=50)
    fill("inbox.conversation.decide", _live_now, place=5)
    register_channel("chat", _("Chat"))
    register_kind("message.chat", TimelineKind("messages-square", _chatted, url=_address))


def _may_read(principal: Principal) -> bool:
    return principal.may("conversation", "view")


def _may_hear(principal: Principal, reference: str) -> bool:
    """Its visitor, and the colleagues who may read its conversation."""
    if principal.kind == "link":
        visitor = principal.also.get("visitor")
        return visitor is not None and is_of(visitor, UUID(reference))
    return seen_by(principal, UUID(reference)) is not None


def _may_hear_visitor(principal: Principal, reference: str) -> bool:
    """Colleagues hear of the visit of whoever they may chat with."""
    if principal.kind == "link":
        return False
    return Chat.objects.visible_to(principal).filter(visitor=UUID(reference)).exists()


def _button(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    place = ChatPlace.objects.filter(code=OURS, active=True).first()
    if place is None:
        return None
    visitor = visitor_in(request)
    going_on = going_on_with(visitor) if visitor else None
    return "chat/_button.html", {"place": place, "going_on": going_on}


def _live_now(request: HttpRequest, conversation: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(conversation, Conversation):
        return None
    chat = Chat.objects.going_on().filter(conversation=conversation).first()
    return ("chat/_live_now.html", {"chat": chat}) if chat else None


def _chatted(entry: TimelineEntry) -> str:
    return str(_("spoke with the customer in a chat") if entry.actor_id else _("spoke with us in a chat"))


def _address(entry: TimelineEntry) -> str:
    conversation = entry.data.get("conversation", "")
    return f"/inbox/{conversation}" if conversation else ""
