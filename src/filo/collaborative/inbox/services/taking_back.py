"""How acts on conversations are taken back: each fact as it was, where nobody has changed it since."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from filo.collaborative.inbox.models import Conversation
from filo.collaborative.inbox.services.moving import merge, move_to, unmerge
from filo.collaborative.inbox.services.working import change, take_back_sharing
from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.foundation.errors import NotFound
from filo.operational.parties.queries.find import seen_party

FACTS = ("assign", "pass-on", "open", "waiting", "done", "snooze", "wake", "label", "join")
TOGETHER = ("state", "snoozed_until")  # put off, and until when, are one fact


def register_undo() -> None:
    """Called once, when the program starts."""
    for what in FACTS:
        undo_with("conversation", f"conversation.{what}", _put_back)
    undo_with("conversation", "conversation.share", _unshare)
    undo_with("conversation", "conversation.move", _move_back)
    undo_with("conversation", "conversation.merge", _part)
    undo_with("conversation", "conversation.unmerge", _join_again)
    undo_with("conversation", "conversation.split", _join)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    found = _seen(principal, entry)
    free, since = still_there(values, plain({name: getattr(found, name) for name in values}))
    if any(name in since for name in TOGETHER):
        since += [name for name in TOGETHER if name in free]
        free = {name: value for name, value in free.items() if name not in TOGETHER}
    if free:
        facts = {name: _typed(name, value) for name, value in free.items()}
        change(principal, found, facts, what=entry.action.removeprefix("conversation."))
    return PutBack(free, since)


def _unshare(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    free, since = still_there(values, {"private": (found := _seen(principal, entry)).private})
    if free.get("private"):
        take_back_sharing(principal, found)
    elif free:
        change(principal, found, free, what="share")
    return PutBack(free, since)


def _move_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    found = _seen(principal, entry)
    free, since = still_there(values, {"party": plain(found.party_id)})
    if free:
        move_to(principal, found, seen_party(principal, UUID(free["party"])) if free["party"] else None)
    return PutBack(free, since)


def _part(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """The messages that it brought go with it again, wherever the other one became a part of meanwhile."""
    source = _known(principal, entry.object_id)
    if source.merged_into_id is None:
        return PutBack(left=["into"])
    brought = [UUID(pk) for pk in entry.changes.get("messages", [None, []])[1] or []]
    unmerge(principal, source, brought)
    return PutBack(["into", "messages"])


def _join_again(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    source, before = _known(principal, entry.object_id), entry.changes["into"][0]
    if source.merged_into_id is not None or not before:
        return PutBack(left=["into"])
    merge(principal, source, _known(principal, UUID(before)))
    return PutBack(["into", "messages"])


def _join(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """What was parted goes back to where it came from, with all that was said in it since."""
    fresh, before = _known(principal, entry.object_id), entry.changes["from"][1]
    if fresh.merged_into_id is not None:
        return PutBack(left=["from"])
    merge(principal, fresh, _known(principal, UUID(before)))
    return PutBack(["from", "messages"])


def _seen(principal: Principal, entry: AuditEntry) -> Conversation:
    found = Conversation.objects.visible_to(principal).for_list().filter(pk=entry.object_id).first()
    if found is None:
        raise NotFound
    return found


def _known(principal: Principal, conversation_id: UUID) -> Conversation:
    found = Conversation.objects.known_to(principal).filter(pk=conversation_id).first()
    if found is None:
        raise NotFound
    return found


def _typed(name: str, value: Any) -> Any:
    if value is None or name in ("state", "tags", "wants_person"):
        return value
    return datetime.fromisoformat(value) if name in ("snoozed_until", "waiting_since") else UUID(value)
