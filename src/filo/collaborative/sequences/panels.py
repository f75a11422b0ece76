"""Sequences beside a conversation, on a customer's card, and among the settings."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.sequences.queries.running import may_write
from filo.collaborative.sequences.words import register_words
from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill
from filo.operational.parties.models import Party

Shown = tuple[str, dict[str, Any]] | None


def register() -> None:
    """Called once, when the program starts."""
    register_words()
    hint = _("Mails that follow one another until the customer answers")
    add_entry("settings", Entry("/inbox/sequences", "mails", _("Sequences of mails"), may_write, 56, hint=hint))
    add_command(
        Command(
            "sequences.list",
            _("Sequences of mails"),
            "mails",
            lambda _principal, _card: "/inbox/sequences",
            may_write,
            words="sequenze mail posta solleciti sequences follow up drip",
            place=58,
        )
    )
    fill("inbox.conversation.aside", _beside_talk, place=30)
    fill("parties.card.aside", _on_card, place=86)


def _beside_talk(request: HttpRequest, talk: Any) -> Shown:
    return _later(request, f"conversation={talk.pk}") if isinstance(talk, Conversation) and talk.party_id else None


def _on_card(request: HttpRequest, party: Any) -> Shown:
    return _later(request, f"party={party.pk}") if isinstance(party, Party) else None


def _later(request: HttpRequest, about: str) -> Shown:
    principal = principal_in(request)
    return ("sequences/_later.html", {"about": about}) if principal is not None and may_write(principal) else None
