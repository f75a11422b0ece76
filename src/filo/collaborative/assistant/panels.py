"""Where personal links lead, the way on in mails, the assistant's entry, and what stands beside a chat."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from filo.collaborative.answers.ways import offer_way
from filo.collaborative.assistant.offering import way_to_assistant
from filo.collaborative.assistant.purchase import PURCHASE
from filo.collaborative.assistant.queries.shelving import counter_of, glance_at
from filo.collaborative.assistant.services import learn_from
from filo.collaborative.chat.hearing import hear_customers
from filo.collaborative.chat.models import Chat
from filo.collaborative.cobrowse.kinds import declare
from filo.collaborative.inbox.models import Message
from filo.collaborative.shop.queries.shelves import sells
from filo.collaborative.visitors.destinations import lead
from filo.foundation.organisation.policies import finds_settings
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.parties.timeline_kinds import TimelineKind
from filo.operational.parties.timeline_kinds import register as register_kind


def register() -> None:
    """Called once, when the program starts."""
    lead("assistant", lambda _link: reverse("assistant:page"))
    offer_way(way_to_assistant)
    declare(PURCHASE)
    hear_customers(_learn)
    register_kind("assistant.used", TimelineKind("sparkles", lambda _entry: _("used the shop assistant")))
    fill("site.nav", _nav, place=15)
    fill("chat.around", _glance, place=10)
    fill("cobrowse.show", _counter, place=10)
    fill("chat.talk.below", _opening, place=10)
    fill("tree.acts", _preview, place=10)
    add_entry(
        "settings",
        Entry(
            "/settings/guided",
            "route",
            _("Guided questions"),
            finds_settings,
            place=55,
            hint=_("What the shop assistant asks, by a tree"),
        ),
    )
    add_entry(
        "settings",
        Entry(
            "/settings/sections",
            "sparkles",
            _("Sections for some customers"),
            finds_settings,
            place=56,
            hint=_("Who bought this is shown that, and what it brings"),
        ),
    )


def _learn(chat: Chat, message: Message) -> None:
    talk = chat.conversation
    if talk.party is not None and talk.proved and not talk.private:
        about = ("message", message.pk)
        learn_from(talk.party, message.text, language=chat.language, source="chat", about=about, topic=False)


def _nav(request: HttpRequest, _subject: object) -> tuple[str, dict[str, Any]] | None:
    return ("assistant/_nav.html", {"here": request.path.startswith("/p/assistant")}) if sells() else None


def _glance(request: HttpRequest, chat: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(chat, Chat):
        return None
    return "assistant/_glance.html", {"chat": chat, "glance": glance_at(principal, chat)}


def _opening(request: HttpRequest, chat: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(chat, Chat) or chat.is_over:
        return None
    answered = Message.objects.filter(conversation=chat.conversation_id, channel="chat", direction="out")
    if answered.filter(at__gte=chat.began_at).exists():
        return None
    return "assistant/_opening.html", {"opening": glance_at(principal, chat).opening}


def _preview(request: HttpRequest, tree: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    shown = principal is not None and principal.may("tree", "edit") and tree.audience == "assistant"
    return ("assistant/_preview_link.html", {"tree": tree}) if shown else None


def _counter(request: HttpRequest, chat: Any) -> tuple[str, dict[str, Any]] | None:
    if not isinstance(chat, Chat) or not sells():
        return None
    return "assistant/_counter.html", counter_of(chat, request.GET)
