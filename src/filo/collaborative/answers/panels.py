"""The queue in the rail, and the decision that stands in a conversation."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.collaborative.answers.queries import in_tab, latest_of
from filo.collaborative.answers.telling import declare_notices
from filo.collaborative.inbox.models import Conversation
from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import Entry, add_entry, fill


def register() -> None:
    """Called once, when the program starts."""
    declare_notices()
    add_entry(
        "rail",
        Entry(
            "/answers",
            "bot",
            _("Automatic answers"),
            lambda principal: principal.may("conversation", "edit"),
            place=32,
            counted=lambda principal: in_tab(principal, "waiting"),
        ),
    )
    fill("inbox.conversation.decide", _decision, place=10)


def _decision(request: HttpRequest, conversation: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(conversation, Conversation):
        return None
    answer = latest_of(principal, conversation)
    return ("answers/_decision.html", {"answer": answer}) if answer else None
