"""What was done with a conversation, and with those that became a part of it."""

from __future__ import annotations

from filo.collaborative.inbox.models import Conversation
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.queries import NEWEST_FIRST, ToldAct, told_acts
from filo.foundation.web.paging import page_of

MOST_ACTS = 30


def acts_on(principal: Principal, conversation: Conversation) -> list[ToldAct]:
    """In words, the latest first, with the way back; what came and left stands in the conversation itself."""
    parts = Conversation.objects.filter(merged_into=conversation).values("pk")
    entries = AuditEntry.objects.filter(kind="conversation", action__startswith="conversation.")
    mine = entries.filter(object_id=conversation.id) | entries.filter(object_id__in=parts)
    rows = page_of(mine.exclude(action="conversation.note"), NEWEST_FIRST, size=MOST_ACTS).rows
    return told_acts(principal, rows, about=conversation.id)
