"""What can be taken out of requests."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.web.chunks import ListInChunks
from filo.operational.parties.queries.naming import names_of
from filo.operational.service.filters import CHANNELS, TICKET_FILTERS
from filo.operational.service.models import Ticket
from filo.operational.service.queries.listing import SORTS, Row, tickets_found


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of requests."""
    return ListInChunks(tickets_found(principal, asked.tree, asked.words), SORTS, asked.sort or "-opened")


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[Row]:
    seen: QuerySet[Ticket] = Ticket.objects.visible_to(principal).for_list().select_related("survey")
    found = seen.in_bulk(list(ids))
    names = names_of(principal, {ticket.party_id for ticket in found.values() if ticket.party_id})
    rows = [found[key] for key in ids if key in found]
    return [Row(ticket, names.get(ticket.party_id, "") if ticket.party_id else "") for ticket in rows]


def _columns(_principal: Principal) -> Sequence[ExportColumn]:
    channels = dict(CHANNELS)
    opened, solved = pgettext_lazy("a moment", "Opened"), pgettext_lazy("a moment", "Solved")
    return [
        ExportColumn("number", gettext_lazy("Number"), each(lambda row: row.ticket.number)),
        ExportColumn("opened_at", opened, each(lambda row: row.ticket.opened_at), "moment"),
        ExportColumn("subject", gettext_lazy("What the customer asks for"), each(lambda row: row.ticket.subject)),
        ExportColumn("party", gettext_lazy("Customer"), each(lambda row: row.party)),
        ExportColumn("contact_address", gettext_lazy("Address"), each(lambda row: row.ticket.contact_address)),
        ExportColumn("type", gettext_lazy("Type"), each(lambda row: row.ticket.get_type_display())),
        ExportColumn("priority", gettext_lazy("Priority"), each(lambda row: row.ticket.get_priority_display())),
        ExportColumn("state", gettext_lazy("State"), each(lambda row: row.ticket.get_state_display())),
        ExportColumn("waiting_on", gettext_lazy("Waits for"), each(lambda row: row.ticket.get_waiting_on_display())),
        ExportColumn(
            "group", gettext_lazy("Group"), each(lambda row: row.ticket.group.name if row.ticket.group else "")
        ),
        ExportColumn("assignee", pgettext_lazy("a request", "Who has it"), each(_assignee)),
        ExportColumn("channel", gettext_lazy("Channel"), each(lambda row: str(channels.get(row.ticket.channel, "")))),
        ExportColumn("product", gettext_lazy("Product"), each(lambda row: row.ticket.product)),
        ExportColumn("respond_by", gettext_lazy("Answer owed by"), each(lambda row: row.ticket.respond_by), "moment"),
        ExportColumn("responded_at", pgettext_lazy("a moment", "Answered"), each(_responded), "moment"),
        ExportColumn("solve_by", gettext_lazy("Solution owed by"), each(lambda row: row.ticket.solve_by), "moment"),
        ExportColumn("solved_at", solved, each(lambda row: row.ticket.solved_at), "moment"),
        ExportColumn("close_reason", gettext_lazy("Closed because"), each(lambda row: row.ticket.close_reason)),
        ExportColumn("satisfaction", gettext_lazy("Satisfaction"), each(_score), "number"),
    ]


def _assignee(row: Row) -> str:
    return row.ticket.assignee.email if row.ticket.assignee else ""


def _responded(row: Row) -> Any:
    return row.ticket.responded_at


def _score(row: Row) -> int | None:
    survey = getattr(row.ticket, "survey", None)
    return survey.score if survey else None


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    return [_document(row) for row in _rows(principal, ids, ())]


def _document(row: Row) -> dict[str, Any]:
    plain = (
        *("id", "number", "subject", "type", "priority", "state", "waiting_on", "channel", "product", "opened_at"),
        *("respond_by", "responded_at", "solve_by", "solved_at", "close_reason"),
    )
    ticket = row.ticket
    return {name: getattr(ticket, name) for name in plain} | {
        "party": {"id": ticket.party_id, "display_name": row.party} if row.party else None,
        "group": ticket.group.code if ticket.group else None,
        "assignee": _assignee(row) or None,
        "satisfaction": _score(row),
    }


declare(
    Exportable(
        code="tickets",
        label=gettext_lazy("Requests"),
        stem=gettext_lazy("requests"),
        rights=(("party", "export"), ("ticket", "view")),
        filters=TICKET_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
