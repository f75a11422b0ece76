"""What the day of the team counts of mail: those that somebody sent himself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy, ngettext

from filo.collaborative.inbox.models import Conversation, Message
from filo.foundation.access.principal import Principal
from filo.operational.team.figures import Measure, Row, declare_measure


def declare_figures() -> None:
    """Called once, when the program starts."""
    declare_measure(
        Measure(
            "mails",
            gettext_lazy("Mails sent"),
            "send",
            "conversation",
            _sent,
            "author",
            "at",
            _told,
            Q(channel="mail"),
            place=30,
            said=lambda number: ngettext("%(number)s mail sent", "%(number)s mails sent", number),
        )
    )


def _sent(principal: Principal) -> QuerySet[Any]:
    seen = Conversation.objects.visible_to(principal)
    found = Message.objects.filter(conversation__in=seen, kind="message", direction="out")
    return found.select_related("conversation")


def _told(rows: Sequence[Any]) -> list[Row]:
    return [Row(row.at, row.subject, f"/inbox/{row.conversation_id}", row.conversation.party_id) for row in rows]
