"""Notes among colleagues, which no customer ever sees."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from filo.collaborative.inbox.events import ColleaguesNamed
from filo.collaborative.inbox.findable import keep_words
from filo.collaborative.inbox.models import Conversation, Mention, Message
from filo.collaborative.inbox.policies import CONVERSATION_SEEN
from filo.collaborative.inbox.services.drafts import drop_draft
from filo.collaborative.inbox.services.telling import conversation_changed
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_text
from filo.operational.interactions.mentioning import people_by_handle
from filo.operational.parties.mentions import handles_in

LIMIT = 50_000


def add_note(principal: Principal, conversation: Conversation, text: str) -> Message:
    """Write a note on a conversation; who is named in it with @ is told, and may read the conversation from then on.

    Raises `Forbidden`, `InvalidFields` (nothing written; a name that two have).
    """
    if not CONVERSATION_SEEN.allows(principal, conversation) or not principal.may("conversation", "edit"):
        raise Forbidden
    text = clean_text(text, max_length=LIMIT)
    if not text.strip():
        raise InvalidFields({"text": _("Write the note.")})
    named = _named(text)
    with transaction.atomic():
        moment = clock.now()
        note = Message.objects.create(
            conversation=conversation,
            kind="note",
            channel="mail",
            at=moment,
            author_id=principal.user_id,
            author_name=principal.name,
            text=text,
            reply_text=text,
            created_at=moment,
        )
        keep_words(note)
        Mention.objects.bulk_create(Mention(message=note, user_id=pk, handle=handle) for pk, handle in named.items())
        Conversation.objects.filter(pk=conversation.pk).update(
            messages_count=F("messages_count") + 1, version=F("version") + 1
        )
        drop_draft(principal, conversation, "note")
        record(principal, "conversation.note", kind="conversation", object_id=conversation.id, changes={})
        people = [pk for pk in named if pk != principal.user_id]
        if people:
            announce(principal, ColleaguesNamed(conversation=conversation.id, message=note.id, people=people))
        conversation_changed(principal, conversation)
    return note


def _named(text: str) -> dict[UUID, str]:
    by_handle, found = people_by_handle(), dict[UUID, str]()
    for handle in handles_in(text):
        people = by_handle.get(handle, [])
        if len(people) > 1:
            raise InvalidFields({"text": _("Two colleagues are called @%(name)s.") % {"name": handle}})
        if people:
            found[people[0]] = handle
    return found
