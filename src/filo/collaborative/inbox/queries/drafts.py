"""What somebody has begun to write."""

from __future__ import annotations

from django.db.models import Exists, OuterRef

from filo.collaborative.inbox.models import Conversation, Draft
from filo.foundation.access.principal import Principal


def drafts_of(principal: Principal, conversation: Conversation) -> dict[str, Draft]:
    """One's own drafts in a conversation, by kind."""
    if principal.user_id is None or principal.viewed_by:
        return {}
    mine = Draft.objects.filter(conversation=conversation, person=principal.user_id)
    return {one.kind: one for one in mine.prefetch_related("files")}


def has_draft(principal: Principal) -> Exists:
    """Whether one has begun to write in a conversation, as a column of a list of them."""
    return Exists(Draft.objects.filter(conversation=OuterRef("pk"), person=principal.user_id))
