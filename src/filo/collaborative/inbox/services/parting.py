"""One talk that is two: some of its messages become a conversation of their own, with a request of its own or none."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.moving import CannotMove
from filo.collaborative.inbox.services.pieces import carry, locked_rows, require_edit, say_moved
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import record
from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.operational.service.services import open_ticket

SUBJECT = 300


def split(
    principal: Principal,
    conversation: Conversation,
    messages: Sequence[UUID],
    subject: str = "",
    *,
    with_ticket: bool = False,
) -> Conversation:
    """Some of the messages become a conversation of their own; `with_ticket` opens a request for it.

    Joining the two again takes it back. Raises `Forbidden`, `CannotMove` (all of them, or none).
    """
    require_edit(principal, conversation)
    with one_operation(), transaction.atomic():
        source = locked_rows(conversation)[0]
        mine = list(source.messages.filter(pk__in=list(messages)).order_by("at", "id"))
        if not mine or len(mine) == source.messages.count():
            raise CannotMove(_("Choose some of the messages, and leave some."))
        fresh = _with_the_same_facts(source, mine, clean_line(subject, max_length=SUBJECT))
        carry(principal, [message.pk for message in mine], fresh)
        changes = {"from": (None, str(source.id)), "messages": (None, [str(message.pk) for message in mine])}
        record(principal, "conversation.split", kind="conversation", object_id=fresh.id, changes=changes)
        if with_ticket:
            _open_ticket(principal, fresh, mine)
        say_moved(principal, source, fresh)
    return fresh


def from_here_on(conversation: Conversation, message_id: UUID) -> list[UUID]:
    """A message and all that was said after it; none when it is not of this conversation."""
    ids = list(conversation.messages.order_by("at", "id").values_list("pk", flat=True))
    return ids[ids.index(message_id) :] if message_id in ids else []


def _with_the_same_facts(source: Conversation, mine: Sequence[Message], subject: str) -> Conversation:
    fresh = Conversation.objects.select_related("party").get(pk=source.pk)
    fresh.id = uuid7()  # a new row with the same facts
    fresh.subject, fresh.ticket, fresh.merged_into, fresh.version = subject or source.subject, None, None, 1
    fresh.started_at, fresh.state, fresh.snoozed_until = mine[0].at, "open", None
    if not any(message.direction == "in" for message in mine):
        fresh.waiting_since = None
    fresh.wants_person = False
    fresh._state.adding = True
    fresh.save(force_insert=True)
    return fresh


def _open_ticket(principal: Principal, fresh: Conversation, mine: Sequence[Message]) -> None:
    words = next((message.reply_text or message.text for message in mine if message.direction == "in"), "")
    fresh.ticket = open_ticket(
        principal,
        subject=fresh.subject or clean_line(words, max_length=120) or _("Your message"),
        party=fresh.party,
        group=fresh.group,
        company=fresh.company,
        channel=fresh.channel,
        description=words,
        language=fresh.language,
        contact_address=fresh.contact_address,
    )
    fresh.save(update_fields=["ticket"])
