"""What can be taken out of orders: a line for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.filters.tree import compile_tree
from filo.foundation.web.chunks import ListInChunks
from filo.operational.orders.filters import ORDER_FILTERS
from filo.operational.orders.models import Order
from filo.operational.orders.queries.listing import SORTS, orders_found
from filo.operational.parties.queries.naming import names_of

Named = tuple[Order, str]


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of orders."""
    found = orders_found(principal, "all", asked.words).filter(compile_tree(asked.tree, ORDER_FILTERS, principal))
    return ListInChunks(found, SORTS, asked.sort or "-created")


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[Named]:
    rows = Order.objects.visible_to(principal).select_related("company", "owner").in_bulk(list(ids))
    found = [rows[one] for one in ids if one in rows]
    names = names_of(principal, {row.party_id for row in found})
    return [(row, names.get(row.party_id, "")) for row in found]


def _columns(_principal: Principal) -> Sequence[ExportColumn]:
    return [
        ExportColumn("number", gettext_lazy("Number"), each(lambda row: row[0].name)),
        ExportColumn("party", gettext_lazy("Customer"), each(lambda row: row[1])),
        ExportColumn("created", gettext_lazy("Entered"), each(lambda row: row[0].created_at), "moment"),
        ExportColumn("state", gettext_lazy("State"), each(lambda row: row[0].get_state_display())),
        ExportColumn("promised", gettext_lazy("Promised for"), each(lambda row: row[0].promised_date), "day"),
        ExportColumn("net", gettext_lazy("Net"), each(lambda row: str(row[0].net)), "number"),
        ExportColumn("vat", gettext_lazy("VAT"), each(lambda row: str(row[0].vat)), "number"),
        ExportColumn("total", gettext_lazy("Total"), each(lambda row: str(row[0].total)), "number"),
        ExportColumn("currency", gettext_lazy("Currency"), each(lambda row: row[0].currency)),
        ExportColumn("reference", gettext_lazy("Reference"), each(lambda row: row[0].reference)),
        ExportColumn(
            "owner",
            pgettext_lazy("an order", "Who has it"),
            each(lambda row: row[0].owner.name if row[0].owner else ""),
        ),
        ExportColumn("company", gettext_lazy("Company"), each(lambda row: row[0].company.name)),
    ]


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    names = ("id", "state", "promised_date", "currency", "reference", "created_at")
    sums = ("net", "vat", "total")
    return [
        {name: getattr(row, name) for name in names}
        | {name: str(getattr(row, name)) for name in sums}
        | {"number": row.name, "party": party, "company": row.company.code}
        for row, party in _rows(principal, ids, ())
    ]


declare(
    Exportable(
        code="orders",
        label=gettext_lazy("Orders"),
        stem=gettext_lazy("orders"),
        rights=(("party", "export"), ("order", "view")),
        filters=ORDER_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
