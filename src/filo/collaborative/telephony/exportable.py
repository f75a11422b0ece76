"""What can be taken out of telephone calls: a line for each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.collaborative.telephony.models import PhoneCall
from filo.collaborative.telephony.queries.finding import CALL_FILTERS, SORTS, calls_found, may_listen
from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.filters.tree import compile_tree
from filo.foundation.web.chunks import ListInChunks
from filo.operational.parties.queries.naming import names_of

Named = tuple[PhoneCall, str, str]


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of calls."""
    found = calls_found(principal, asked.words).filter(compile_tree(asked.tree, CALL_FILTERS, principal))
    return ListInChunks(found, SORTS, asked.sort or "-began_at")


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[Named]:
    rows = PhoneCall.objects.visible_to(principal).select_related("person", "group", "line").in_bulk(list(ids))
    found = [rows[one] for one in ids if one in rows]
    names = names_of(principal, {row.party_id for row in found if row.party_id})
    return [(row, _name(row, names), row.recording if may_listen(row, names) else "") for row in found]


def _name(row: PhoneCall, names: Mapping[UUID, str]) -> str:
    return names.get(row.party_id, "") if row.party_id else ""


def _columns(_principal: Principal) -> Sequence[ExportColumn]:
    return [
        ExportColumn("began_at", gettext_lazy("When"), each(lambda row: row[0].began_at), "moment"),
        ExportColumn("direction", gettext_lazy("Direction"), each(lambda row: row[0].get_direction_display())),
        ExportColumn("party", gettext_lazy("Customer"), each(lambda row: row[1])),
        ExportColumn("number", gettext_lazy("Number"), each(lambda row: row[0].shown_number)),
        ExportColumn("state", gettext_lazy("State"), each(lambda row: row[0].get_state_display())),
        ExportColumn(
            "person", gettext_lazy("Colleague"), each(lambda row: row[0].person.email if row[0].person else "")
        ),
        ExportColumn("group", gettext_lazy("Group"), each(lambda row: row[0].group.name if row[0].group else "")),
        ExportColumn("seconds", gettext_lazy("Seconds"), each(lambda row: row[0].seconds), "number"),
        ExportColumn("line", pgettext_lazy("of telephones", "Exchange"), each(lambda row: row[0].line.name)),
        ExportColumn("recording", gettext_lazy("Recording"), each(lambda row: row[2])),
    ]


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    return [
        {
            "id": call.pk,
            "direction": call.direction,
            "number": call.number,
            "party": {"id": call.party_id, "display_name": name} if name else None,
            "person": call.person_id,
            "state": call.state,
            "began_at": call.began_at,
            "answered_at": call.answered_at,
            "ended_at": call.ended_at,
            "recording": recording,
        }
        for call, name, recording in _rows(principal, ids, ())
    ]


declare(
    Exportable(
        code="calls",
        label=gettext_lazy("Telephone calls"),
        stem=gettext_lazy("calls"),
        rights=(("party", "export"), ("interaction", "view")),
        filters=CALL_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
