"""Reads of the audit: acts as people read them, and what was taken back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.showing import (
    Telling,
    Thing,
    WayBack,
    door_words,
    is_shown,
    kind_label,
    label_of,
    plainly,
    shown_kind,
)
from filo.foundation.audit.undoable import may_be_undone
from filo.foundation.audit.usual import act_words
from filo.foundation.web.paging import Key, page_of

EMPTY: tuple[object, ...] = (None, "", [], {})
NEWEST_FIRST = [Key("at", descending=True), Key("id", descending=True)]
MOST_ACTS = 20


@dataclass(frozen=True)
class FieldChange:
    """One field, from what to what, in words."""

    label: str
    before: str
    after: str
    was_empty: bool = False


@dataclass(frozen=True)
class ToldEntry:
    """What was done to one thing."""

    kind: str
    action: str
    thing: Thing | None
    changes: list[FieldChange]


@dataclass(frozen=True)
class ToldAct:
    """One act: who, when, through which door, what; and whether it can be, or was, taken back.

    `only` are the things of a page about one of them: putting back there leaves what else the act changed.
    """

    operation: UUID
    at: datetime
    who: str
    door: str
    entries: list[ToldEntry]
    is_undo: bool
    may_undo: bool
    is_taken_back: bool
    only: list[UUID]
    instead: WayBack | None = None


def acts_about(principal: Principal, kind: str, object_id: UUID) -> list[ToldAct]:
    """What was done to one thing that this principal sees, the latest first, with the way back."""
    entries = AuditEntry.objects.filter(kind=kind, object_id=object_id)
    return told_acts(principal, page_of(entries, NEWEST_FIRST, size=MOST_ACTS).rows, about=object_id)


def told_acts(principal: Principal, entries: Sequence[AuditEntry], *, about: UUID | None = None) -> list[ToldAct]:
    """Entries as acts in words, in their order, without what this principal may not see.

    `about` is the thing whose page it is, and which need not be named; without it kinds and things are.
    """
    tellings = telling_of(principal, entries)
    things = {entry.object_id for entry in entries} if about else set()
    gone = taken_back({entry.operation for entry in entries}, things)
    acts = []
    for operation, found in groupby(entries, key=lambda entry: entry.operation):
        rows = list(found)
        told = [told for row in rows if (told := _told(row, tellings[row.kind], about=about)) is not None]
        if told:
            only = sorted({row.object_id for row in rows}) if about else []
            act = _act(operation, rows, told, only, is_taken_back=operation in gone)
            acts.append(_with_way(principal, act, rows, about) if act.may_undo and about else act)
    return acts


def _with_way(principal: Principal, act: ToldAct, rows: Sequence[AuditEntry], about: UUID) -> ToldAct:
    """The act with what is offered on the page of the thing that it is about."""
    for row in rows:
        shown = shown_kind(row.kind)
        ask = shown.instead.get(row.action) if shown and row.object_id == about else None
        if ask:
            way = ask(principal, about)
            return replace(act, instead=way, may_undo=way is not None)
    return act


def _act(
    operation: UUID, rows: Sequence[AuditEntry], told: list[ToldEntry], only: list[UUID], *, is_taken_back: bool
) -> ToldAct:
    first = rows[0]
    return ToldAct(
        operation=operation,
        at=first.at,
        who=_who(first),
        door=door_words(first.door),
        entries=told,
        is_undo=first.undoes is not None,
        may_undo=not is_taken_back and any(may_be_undone(row.kind, row.action) for row in rows),
        is_taken_back=is_taken_back,
        only=only,
    )


def _who(entry: AuditEntry) -> str:
    """A person by his name; the customer on a page of his own is no user, and stands there as a part of the system."""
    return _("The customer") if entry.actor is None and entry.actor_name == "customer" else entry.actor_name


def telling_of(principal: Principal, entries: Iterable[AuditEntry]) -> dict[str, Telling]:
    """How the entries of each kind read for this principal, each kind read at once."""
    by_kind: dict[str, list[AuditEntry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    found = {}
    for kind, rows in by_kind.items():
        shown = shown_kind(kind)
        found[kind] = shown.words(principal, rows) if shown else Telling(plainly)
    return found


def visible_changes(entry: AuditEntry, telling: Telling) -> dict[str, tuple[str, str]]:
    """The shown fields of an entry that the reader of `telling` may see, each as words before and after."""
    found = {}
    for name, (before, after) in entry.changes.items():
        if not is_shown(entry.kind, name):
            continue
        before, after = differing_rows(before, after)
        words = telling.value(name, before), telling.value(name, after)
        if words[0] is not None and words[1] is not None:
            found[name] = (words[0], words[1])
    return found


def differing_rows(before: Any, after: Any) -> tuple[Any, Any]:
    """Of two lists of rows (ways to reach somebody, addresses) those that came, went or changed."""
    rows = [row for value in (before, after) for row in (value if isinstance(value, list) else [None])]
    if not isinstance(before, list) or not isinstance(after, list) or not all(isinstance(row, dict) for row in rows):
        return before, after
    gone, new = [row for row in before if row not in after], [row for row in after if row not in before]
    return (gone, new) if gone or new else (before, after)


def _told(entry: AuditEntry, telling: Telling, *, about: UUID | None) -> ToldEntry | None:
    shown = shown_kind(entry.kind)
    visible = visible_changes(entry, telling)
    if entry.changes and not visible:
        return None
    action = (shown and shown.actions.get(entry.action)) or act_words(entry.action)
    return ToldEntry(
        kind="" if about else kind_label(entry.kind),
        action=str(action),
        thing=telling.things.get(entry.object_id) if entry.object_id != about else None,
        changes=[_field_change(entry, name, words, telling) for name, words in visible.items()],
    )


def _field_change(entry: AuditEntry, name: str, words: tuple[str, str], telling: Telling) -> FieldChange:
    before, _after = differing_rows(*entry.changes[name])
    return FieldChange(label_of(entry.kind, name, telling), *words, was_empty=before in EMPTY)


def taken_back(operations: Iterable[UUID], things: Collection[UUID] = ()) -> set[UUID]:
    """Those that another operation took back, as far as `things` go where some are named, and which still stands."""
    asked = set(operations)
    undos: dict[UUID, set[UUID]] = {}
    wanted = set(asked)
    while wanted:
        found = AuditEntry.objects.filter(undoes__in=wanted)
        found = found.filter(object_id__in=things) if things else found
        rows = found.values_list("undoes", "operation").distinct()
        pairs = [(undone, undo) for undone, undo in rows if undone is not None]
        for undone, undo in pairs:
            undos.setdefault(undone, set()).add(undo)
        wanted = {undo for _undone, undo in pairs} - undos.keys()

    def is_gone(operation: UUID) -> bool:
        return any(not is_gone(undo) for undo in undos.get(operation, ()))

    return {operation for operation in asked if is_gone(operation)}


def standing_undos(operation: UUID) -> set[UUID]:
    """The operations that took this one back, in part or wholly, and still stand."""
    found = set(AuditEntry.objects.filter(undoes=operation).values_list("operation", flat=True))
    return found - taken_back(found)
