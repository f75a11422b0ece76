"""A message is called back before it leaves."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from filo.collaborative.inbox.findable import forget_words
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.drafts import keep_draft
from filo.collaborative.inbox.services.sending import require_right
from filo.collaborative.inbox.services.telling import conversation_changed
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError


class AlreadyLeft(DomainError):
    """It cannot be called back any more."""

    code = "already-left"

    def __init__(self) -> None:
        super().__init__(_("This message has left already."))


def call_back(principal: Principal, message: Message) -> str:
    """Take a message back before it leaves; gives its text, a draft again. Raises `AlreadyLeft`, `Forbidden`."""
    require_right(principal, message.conversation)
    with transaction.atomic():
        locked = Message.objects.select_for_update().filter(pk=message.pk, delivery="later").first()
        if locked is None:
            raise AlreadyLeft
        text, files = locked.text, [(row.file_id, row.name) for row in locked.files.all()]
        record(principal, "message.call-back", kind="conversation", object_id=message.conversation_id, changes={})
        forget_words([locked.pk])
        locked.delete()
        keep_draft(principal, message.conversation, "answer", text, cc=", ".join(locked.cc), files=files)
        Conversation.objects.filter(pk=message.conversation_id).update(state="open", version=F("version") + 1)
        conversation_changed(principal, message.conversation)
    return text
