"""What can be taken out of tasks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.filters.tree import compile_tree
from filo.foundation.web.chunks import ListInChunks
from filo.foundation.web.paging import Key
from filo.operational.activities.filters import TASK_FILTERS
from filo.operational.activities.models import Task
from filo.operational.parties.queries.naming import names_of

SORTS = {
    "due_on": (Key("due_on", nullable=True), Key("id")),
    "-due_on": (Key("due_on", descending=True, nullable=True), Key("id", descending=True)),
    "created": (Key("id"),),
    "-created": (Key("id", descending=True),),
}
KINDS = {
    "task": gettext_lazy("Task"),
    "call": pgettext_lazy("a thing to do", "Call"),
    "mail": gettext_lazy("E-mail"),
    "meeting": gettext_lazy("Meeting"),
}


@dataclass(frozen=True)
class _Taken:
    """A task as a row of a file; `party` is empty for a customer one does not see."""

    id: UUID
    title: str
    kind: str
    party: str
    party_id: UUID | None
    assignee: str
    due_on: date | None
    done_at: datetime | None
    created_at: datetime


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of tasks."""
    found: QuerySet[Task] = Task.objects.visible_to(principal)
    for word in asked.words.split()[:8]:
        found = found.filter(title__icontains=word)
    return ListInChunks(found.filter(compile_tree(asked.tree, TASK_FILTERS, principal)), SORTS, asked.sort or "due_on")


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[_Taken]:
    columns = ("id", "title", "kind", "party_id", "assignee__email", "due_on", "done_at", "created_at")
    found = {row[0]: row for row in Task.objects.visible_to(principal).filter(pk__in=ids).values_list(*columns)}
    names = names_of(principal, {row[3] for row in found.values() if row[3]})
    return [_taken(found[each], names) for each in ids if each in found]


def _taken(row: tuple[Any, ...], names: dict[UUID, str]) -> _Taken:
    id_, title, kind, party, assignee, due_on, done_at, created_at = row
    name = names.get(party, "")
    return _Taken(id_, title, kind, name, party if name else None, assignee, due_on, done_at, created_at)


def _columns(_principal: Principal) -> Sequence[ExportColumn]:
    return [
        ExportColumn("title", pgettext_lazy("of a task", "What is to be done"), each(lambda row: row.title)),
        ExportColumn("kind", gettext_lazy("Kind"), each(lambda row: str(KINDS[row.kind]))),
        ExportColumn("party", gettext_lazy("Customer"), each(lambda row: row.party)),
        ExportColumn("assignee", gettext_lazy("For"), each(lambda row: row.assignee)),
        ExportColumn("due_on", gettext_lazy("By"), each(lambda row: row.due_on), "day"),
        ExportColumn("done_at", gettext_lazy("Done"), each(lambda row: row.done_at), "moment"),
        ExportColumn("created_at", gettext_lazy("Entered"), each(lambda row: row.created_at), "moment"),
    ]


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "title": row.title,
            "kind": row.kind,
            "party": {"id": row.party_id, "display_name": row.party} if row.party_id else None,
            "assignee": row.assignee,
            "due_on": row.due_on,
            "done": row.done_at is not None,
            "done_at": row.done_at,
            "created_at": row.created_at,
        }
        for row in _rows(principal, ids, ())
    ]


declare(
    Exportable(
        code="tasks",
        label=gettext_lazy("Tasks"),
        stem=gettext_lazy("tasks"),
        rights=(("party", "export"), ("task", "view")),
        filters=TASK_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
