"""The other conversations that one may be joined with, the likeliest first."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, Value, When

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.models.conversation import ConversationQuerySet
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.queries.boxes import holding
from filo.foundation.access.principal import Principal

MOST = 8


def others_like(principal: Principal, conversation: Conversation, text: str = "") -> list[Conversation]:
    """At most eight that this principal may answer and whose subject, name, address or number hold the words: those of
    the same customer first, then of the same address, the latest of each. Without words only these.
    """
    found: ConversationQuerySet = Conversation.objects.visible_to(principal).for_list()
    found = found.filter(CONVERSATION_EDITED.rows(principal), private=conversation.private).exclude(pk=conversation.pk)
    same = _same_customer(conversation)
    found = found.filter(holding(text)) if text.strip() else found.filter(same | _same_address(conversation))
    nearness = Case(
        When(same, then=Value(0)),
        When(_same_address(conversation), then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return list(found.order_by(nearness, "-last_at", "-id")[:MOST])


def _same_customer(conversation: Conversation) -> Q:
    return Q(party=conversation.party_id) if conversation.party_id else Q(pk=None)


def _same_address(conversation: Conversation) -> Q:
    address = conversation.contact_address
    return Q(contact_address=address) if address else Q(pk=None)
