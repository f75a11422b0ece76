"""What was sent came back: the message says so, and somebody looks at it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from filo.collaborative.inbox.events import MessageNotDelivered
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.telling import conversation_changed
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.events.services import announce


def not_delivered(
    principal: Principal, message_id: str, *, permanent: bool, reason: str, at: datetime
) -> Message | None:
    """A mail with this Message-ID did not arrive; gives the message, None when it was none of a conversation.

    One that is only late is noted; one that will never arrive opens its conversation again.
    """
    rows = Message.objects.select_related("conversation").filter(message_id=message_id.strip("<>"), direction="out")
    message = rows.select_for_update(of=("self",)).first()
    if message is None:
        return None
    message.delivery_note = reason[:500]
    message.delivery = "failed" if permanent else message.delivery
    message.save(update_fields=["delivery", "delivery_note"])
    if permanent:
        conversation = message.conversation
        Conversation.objects.filter(pk=conversation.pk).update(
            state="open", snoozed_until=None, version=F("version") + 1
        )
        changes = {"reason": (None, reason[:500])}
        record(principal, "message.fail", kind="conversation", object_id=conversation.id, changes=changes)
        event = MessageNotDelivered(conversation=conversation.id, message=message.id, party=conversation.party_id)
        announce(principal, event)
        conversation_changed(principal, conversation)
    return message
