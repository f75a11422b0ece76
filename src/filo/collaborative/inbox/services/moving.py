"""Two talks that are one, and one that stands on the wrong card; each can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.events import ConversationChanged
from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.queries.threads import final
from filo.collaborative.inbox.services.drafts import take_drafts_along
from filo.collaborative.inbox.services.pieces import carry, locked_rows, require_edit, say_moved
from filo.collaborative.inbox.services.telling import conversation_changed, tell_anew
from filo.collaborative.inbox.services.working import change
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, NotFound
from filo.foundation.events.services import announce
from filo.operational.parties.models import Party
from filo.operational.parties.policies import PARTY_SEEN
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.services.timeline import page_changed
from filo.operational.service.models import Ticket
from filo.operational.service.policies import TICKET_EDITED
from filo.operational.service.queries import family_of, kept_ticket
from filo.operational.service.services import merge_tickets, set_ticket_party


class CannotMove(DomainError):
    """These conversations cannot be joined, or parted, like this."""

    code = "cannot-move"


def merge(principal: Principal, conversation: Conversation, into: Conversation) -> Conversation:
    """All that was said in one stands in the other from now on, and their requests are one; `unmerge` parts them again.

    Raises `Forbidden`, `CannotMove` when they are the same one, or one is personal mail and the other is not.
    """
    require_edit(principal, conversation, into)
    with one_operation(), transaction.atomic():
        source, target = locked_rows(conversation, into)
        if source.pk == target.pk or source.merged_into_id or target.merged_into_id:
            raise CannotMove(_("These two are one already."))
        if source.private != target.private:
            raise CannotMove(_("Personal mail is not joined with the firm's: share it first."))
        moved = list(source.messages.values_list("pk", flat=True))
        carry(principal, moved, target)
        source.merged_into = target
        source.save(update_fields=["merged_into"])
        changes = {"into": (None, str(target.id)), "messages": (None, [str(pk) for pk in moved])}
        record(principal, "conversation.merge", kind="conversation", object_id=source.id, changes=changes)
        take_drafts_along(source, target)
        _go_on_with_both(principal, source, target)
        say_moved(principal, source, target)
    return target


def unmerge(principal: Principal, conversation: Conversation, messages: Sequence[UUID]) -> Conversation:
    """Part a conversation again that became part of another; `messages` are those that were its own.

    What was said since stays where it was said. Raises `Forbidden`, `CannotMove`.
    """
    with transaction.atomic():
        rows = Conversation.objects.select_for_update(of=("self",)).select_related("party", "ticket")
        source = rows.get(pk=conversation.pk)
        if source.merged_into_id is None:
            raise CannotMove(_("It is not part of another conversation."))
        before, target = source.merged_into_id, rows.get(pk=final(source).pk)
        require_edit(principal, source, target)
        source.merged_into = None
        source.save(update_fields=["merged_into"])
        mine = list(Message.objects.filter(pk__in=list(messages), conversation=target).values_list("pk", flat=True))
        carry(principal, mine, source)
        changes = {"into": (str(before), None), "messages": ([str(pk) for pk in mine], None)}
        record(principal, "conversation.unmerge", kind="conversation", object_id=source.id, changes=changes)
        say_moved(principal, source, target)
    return source


def move_to(principal: Principal, conversation: Conversation, party: Party | None) -> Conversation:
    """The conversation is with somebody else than it was thought; its lines and its request move to that card.

    Raises `Forbidden`, `NotFound` when the party is not his to see.
    """
    require_edit(principal, conversation)
    if party is not None and not PARTY_SEEN.allows(principal, party):
        raise NotFound
    with one_operation(), transaction.atomic():
        locked = locked_rows(conversation)[0]
        before = locked.party
        if before == party:
            return locked
        tie = tie_with(party, locked.company_id) if party else None
        locked.party, locked.needs_sorting = party, party is None
        locked.owner_id = locked.owner_id if locked.private else tie.owner_id if tie else None
        locked.version += 1
        locked.save()
        tell_anew(principal, locked, list(locked.messages.all()))
        changes = {"party": (str(before.id) if before else None, str(party.id) if party else None)}
        record(principal, "conversation.move", kind="conversation", object_id=locked.id, changes=changes)
        ticket = locked.ticket
        if ticket and ticket.party_id == (before.id if before else None) and TICKET_EDITED.allows(principal, ticket):
            set_ticket_party(principal, ticket, party)
        announce(principal, ConversationChanged(conversation=locked.id, fields=["party"]))
        conversation_changed(principal, locked)
        if before is not None:
            page_changed(principal, [before.id], "timeline")
    return locked


def _go_on_with_both(principal: Principal, source: Conversation, target: Conversation) -> None:
    """Whoever waited for an answer in either waits in the one, and one request stays."""
    facts: dict[str, Any] = {}
    if source.state == "open" and target.state != "open":
        facts |= {"state": "open", "snoozed_until": None}
    if source.wants_person:
        facts["wants_person"] = True
    waits = [moment for moment in (source.waiting_since, target.waiting_since) if moment]
    if waits:
        facts["waiting_since"] = min(waits)
    ours, theirs = source.ticket, target.ticket
    if ours and theirs is None:
        facts["ticket_id"] = ours.id
    elif ours and theirs:
        _one_request(principal, ours, into=kept_ticket(theirs))
    if facts:
        change(principal, target, facts, what="join")


def _one_request(principal: Principal, ticket: Ticket, *, into: Ticket) -> None:
    may = TICKET_EDITED.allows(principal, into) and TICKET_EDITED.allows(principal, ticket)
    if may and ticket.merged_into_id is None and into.pk not in family_of(ticket):
        merge_tickets(principal, ticket, into=into)
