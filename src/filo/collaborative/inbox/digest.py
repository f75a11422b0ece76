"""What the digest tells of conversations: one's own, and one's groups' that nobody has, where he waits."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.queries.boxes import waiting_for
from filo.foundation.access.principal import Principal
from filo.foundation.notices.digests import MOST_LINES, DigestPart, Line, declare_part


def declare_digest() -> None:
    """Called once, when the program starts."""
    declare_part(DigestPart("conversations", gettext_lazy("Waiting for my answer"), "/inbox", _waiting), place=40)


def _waiting(principal: Principal) -> list[Line]:
    found = waiting_for(principal)
    if found is None:
        return []
    waiting = found.filter(state="open").exclude(waiting_since=None).select_related("party")
    return [_line(row) for row in waiting.order_by("waiting_since", "id")[:MOST_LINES]]


def _line(row: Conversation) -> Line:
    who = row.party.display_name if row.party else row.contact_name or row.contact_address
    words = ": ".join(part for part in (who, row.subject) if part)
    return Line(words, reverse("inbox:talk", args=[row.id]))
