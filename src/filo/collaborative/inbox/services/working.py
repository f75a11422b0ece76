"""Whose turn it is: taken, given, put off, done, opened again, labelled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.collaborative.inbox.events import ConversationChanged
from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.policies import CONVERSATION_EDITED
from filo.collaborative.inbox.services.telling import conversation_changed, tell_anew
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.accounts.queries import principal_of
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line
from filo.operational.service.models import ServiceGroup
from filo.operational.service.services import assign_ticket

MOST_TAGS, TAG = 20, 40


def assign(principal: Principal, conversation: Conversation, person_id: UUID | None) -> Conversation:
    """Give a conversation (and its request) to a colleague who may answer it, or to nobody. Raises `Forbidden`,
    `InvalidFields`.
    """
    person = User.objects.filter(pk=person_id, is_active=True).first() if person_id else None
    if person_id and person is None:
        raise InvalidFields({"assignee": _("Choose somebody who works here.")})
    if person is not None and not principal_of(person).may(_object(conversation), "edit"):
        raise InvalidFields({"assignee": _("%(name)s may not answer conversations.") % {"name": person.name}})
    changed = change(principal, conversation, {"assignee_id": person_id}, what="assign")
    if changed.ticket:
        assign_ticket(principal, changed.ticket, assignee_id=person_id)
    return changed


def pass_on(principal: Principal, conversation: Conversation, group: ServiceGroup) -> Conversation:
    """Give a conversation to another group, which starts with nobody in it. Raises `Forbidden`."""
    facts = {"group_id": group.id, "unit_id": group.unit_id, "assignee_id": None}
    return change(principal, conversation, facts, what="pass-on")


def set_state(
    principal: Principal, conversation: Conversation, state: str, *, version: int | None = None
) -> Conversation:
    """Open, waiting for the customer, or done. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    if state not in ("open", "waiting", "done"):
        raise InvalidFields({"state": _("Choose one of: %(names)s.") % {"names": "open, waiting, done"}})
    facts = {"state": state, "snoozed_until": None} | ({"wants_person": False} if state == "done" else {})
    return change(principal, conversation, facts, what=state, version=version)


def snooze(principal: Principal, conversation: Conversation, until: datetime) -> Conversation:
    """Put off until then; an answer of the customer brings it back before. Raises `Forbidden`, `InvalidFields`."""
    if until <= clock.now():
        raise InvalidFields({"until": _("Choose a moment that is still to come.")})
    return change(principal, conversation, {"state": "snoozed", "snoozed_until": until}, what="snooze")


def wake(principal: Principal) -> int:
    """Open what was put off until now; gives how many."""
    due = Conversation.objects.filter(state="snoozed", snoozed_until__lte=clock.now()).order_by("snoozed_until")
    found = list(due[:500])
    for conversation in found:
        change(principal, conversation, {"state": "open", "snoozed_until": None}, what="wake")
    return len(found)


def label(principal: Principal, conversation: Conversation, tags: Sequence[str]) -> Conversation:
    """The words that it is sorted by, each once. Raises `Forbidden`, `InvalidFields`."""
    wanted = list(dict.fromkeys(found for tag in tags if (found := clean_line(tag, max_length=TAG))))
    if len(wanted) > MOST_TAGS:
        raise InvalidFields({"tags": _("At most %(limit)s labels.") % {"limit": MOST_TAGS}})
    return change(principal, conversation, {"tags": wanted}, what="label")


def share(principal: Principal, conversation: Conversation) -> Conversation:
    """What came to one's own mailbox becomes the firm's to see. Raises `Forbidden`."""
    return change(principal, conversation, {"private": False}, what="share", also=_told_to_all(principal))


def take_back_sharing(principal: Principal, conversation: Conversation) -> Conversation:
    """It is personal mail again, which only the owner of the mailbox may say. Raises `Forbidden`."""
    mailbox = conversation.mailbox
    if mailbox is None or mailbox.owner_id is None or mailbox.owner_id != principal.user_id:
        raise Forbidden
    return change(principal, conversation, {"private": True}, what="share", also=_told_to_all(principal))


def _told_to_all(principal: Principal) -> Callable[[Conversation], None]:
    return lambda locked: tell_anew(principal, locked, list(locked.messages.all()))


def _object(conversation: Conversation) -> str:
    return "correspondence" if conversation.private else "conversation"


def change(
    principal: Principal,
    conversation: Conversation,
    facts: dict[str, Any],
    *,
    what: str,
    version: int | None = None,
    also: Callable[[Conversation], None] = lambda _conversation: None,
) -> Conversation:
    """Lock, compare, write, tell: the way of all these verbs. Raises `Forbidden`, `Stale`."""
    if not CONVERSATION_EDITED.allows(principal, conversation):
        raise Forbidden
    with transaction.atomic():
        rows = Conversation.objects.select_for_update(of=("self",)).select_related("party", "ticket")
        locked = rows.get(pk=conversation.pk)
        before = {name: getattr(locked, name) for name in facts}
        changes = {name: (before[name], value) for name, value in facts.items() if before[name] != value}
        if version is not None and version != locked.version:
            raise Stale({name: (str(a), str(b)) for name, (a, b) in changes.items()}, version=locked.version)
        if changes:
            for name, value in facts.items():
                setattr(locked, name, value)
            locked.version += 1
            locked.save()
            also(locked)
            record(principal, f"conversation.{what}", kind="conversation", object_id=locked.id, changes=changes)
            announce(principal, ConversationChanged(conversation=locked.id, fields=sorted(changes)))
            conversation_changed(principal, locked)
    return locked
