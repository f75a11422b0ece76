"""What can be taken out of calls, meetings, notes and letters."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.filters.tree import compile_tree
from filo.foundation.search.queries import matching
from filo.foundation.web.chunks import ListInChunks
from filo.foundation.web.paging import Key
from filo.operational.interactions.filters import INTERACTION_FILTERS
from filo.operational.interactions.models import CHANNELS, DIRECTIONS, Interaction
from filo.operational.parties.models import Party

SORTS = {
    "-at": (Key("at", descending=True), Key("id", descending=True)),
    "at": (Key("at"), Key("id")),
}


@dataclass(frozen=True)
class _Taken:
    """What happened, as a row of a file."""

    id: UUID
    at: datetime
    channel: str
    direction: str
    party_id: UUID
    party: str
    company: str | None
    subject: str
    outcome: str
    outcome_code: str | None
    body: str
    minutes: int | None
    author: str | None
    created_at: datetime


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of interactions."""
    found = _seen(principal)
    if asked.words.strip():
        found = found.filter(party__in=matching("party", asked.words))
    found = found.filter(compile_tree(asked.tree, INTERACTION_FILTERS, principal))
    return ListInChunks(found, SORTS, asked.sort or "-at")


def _seen(principal: Principal) -> QuerySet[Interaction]:
    found: QuerySet[Interaction] = Interaction.objects.visible_to(principal)
    return found.filter(party__in=Party.objects.visible_to(principal))


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[_Taken]:
    found = {
        row.id: row
        for row in _seen(principal).filter(pk__in=ids).select_related("party", "outcome", "company", "author")
    }
    return [_taken(found[each]) for each in ids if each in found]


def _taken(row: Interaction) -> _Taken:
    return _Taken(
        id=row.id,
        at=row.at,
        channel=row.channel,
        direction=row.direction,
        party_id=row.party_id,
        party=row.party.display_name,
        company=row.company.code if row.company else None,
        subject=row.subject,
        outcome=str(row.outcome) if row.outcome else "",
        outcome_code=row.outcome.code if row.outcome else None,
        body=row.body,
        minutes=row.minutes,
        author=row.author.email if row.author else None,
        created_at=row.created_at,
    )


def _columns(_principal: Principal) -> Sequence[ExportColumn]:
    channels, directions = dict(CHANNELS), dict(DIRECTIONS)
    return [
        ExportColumn("at", gettext_lazy("When"), each(lambda row: row.at), "moment"),
        ExportColumn("channel", gettext_lazy("Channel"), each(lambda row: str(channels[row.channel]))),
        ExportColumn("direction", gettext_lazy("Who began?"), each(lambda row: str(directions.get(row.direction, "")))),
        ExportColumn("party", gettext_lazy("Customer"), each(lambda row: row.party)),
        ExportColumn("company", gettext_lazy("Company"), each(lambda row: row.company or "")),
        ExportColumn("subject", gettext_lazy("Subject"), each(lambda row: row.subject)),
        ExportColumn("outcome", gettext_lazy("Outcome"), each(lambda row: row.outcome)),
        ExportColumn("body", gettext_lazy("What was said"), each(lambda row: row.body)),
        ExportColumn("minutes", gettext_lazy("Minutes"), each(lambda row: row.minutes), "number"),
        ExportColumn("author", gettext_lazy("Written by"), each(lambda row: row.author or "")),
        ExportColumn("created_at", gettext_lazy("Entered"), each(lambda row: row.created_at), "moment"),
    ]


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "party": {"id": row.party_id, "display_name": row.party},
            "company": row.company,
            "channel": row.channel,
            "direction": row.direction,
            "at": row.at,
            "minutes": row.minutes,
            "subject": row.subject,
            "outcome": row.outcome_code,
            "body": row.body,
            "author": row.author,
            "created_at": row.created_at,
        }
        for row in _rows(principal, ids, ())
    ]


declare(
    Exportable(
        code="interactions",
        label=gettext_lazy("Calls, meetings, notes, letters"),
        stem=gettext_lazy("interactions"),
        rights=(("party", "export"), ("interaction", "view")),
        filters=INTERACTION_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
