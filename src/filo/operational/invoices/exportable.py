"""What can be taken out of invoices, issued and received: a line for each."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.filters.tree import compile_tree
from filo.foundation.web.chunks import ListInChunks
from filo.operational.invoices.filters import INVOICE_FILTERS
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.listing import SORTS, all_found
from filo.operational.parties.queries.naming import names_of

Named = tuple[Invoice, str]
_SUMS = (
    ("net", gettext_lazy("Net")),
    ("vat", gettext_lazy("VAT")),
    ("total", gettext_lazy("Total")),
    ("payable", gettext_lazy("To be paid")),
    ("paid", pgettext_lazy("a due", "Paid")),
)


def _reader(principal: Principal, asked: Asked) -> ListInChunks:
    """All invoices."""
    found = all_found(principal, asked.words).filter(compile_tree(asked.tree, INVOICE_FILTERS, principal))
    return ListInChunks(found, SORTS, asked.sort or "-created")


def _rows(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[Named]:
    rows = Invoice.objects.visible_to(principal).select_related("company").in_bulk(list(ids))
    found = [rows[one] for one in ids if one in rows]
    names = names_of(principal, {row.party_id for row in found if row.party_id})
    return [(row, names.get(row.party_id, "") if row.party_id else row.other_name) for row in found]


def _sum(name: str) -> Any:
    return each(lambda row: str(getattr(row[0], name)))


def _columns(_principal: Principal) -> Sequence[ExportColumn]:
    return [
        ExportColumn("number", gettext_lazy("Number"), each(lambda row: row[0].number)),
        ExportColumn("date", gettext_lazy("Date"), each(lambda row: row[0].date), "day"),
        ExportColumn("type", gettext_lazy("Type"), each(lambda row: row[0].get_type_display())),
        ExportColumn("party", gettext_lazy("Customer"), each(lambda row: row[1])),
        ExportColumn("counterpart", gettext_lazy("VAT number"), each(lambda row: row[0].counterpart)),
        ExportColumn("direction", gettext_lazy("Direction"), each(lambda row: row[0].get_direction_display())),
        ExportColumn("state", gettext_lazy("State"), each(lambda row: row[0].get_state_display())),
        *(ExportColumn(name, label, _sum(name), "number") for name, label in _SUMS),
        ExportColumn("due", pgettext_lazy("a sum", "To be paid by"), each(lambda row: row[0].due_on), "day"),
        ExportColumn("currency", gettext_lazy("Currency"), each(lambda row: row[0].currency)),
        ExportColumn("company", gettext_lazy("Company"), each(lambda row: row[0].company.name)),
    ]


def _documents(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    names = ("id", "number", "date", "type", "direction", "state", "due_on", "currency")
    return [
        {name: getattr(row, name) for name in names}
        | {name: str(getattr(row, name)) for name, _label in _SUMS}
        | {"party": party, "company": row.company.code}
        for row, party in _rows(principal, ids, ())
    ]


declare(
    Exportable(
        code="invoices",
        label=gettext_lazy("Invoices"),
        stem=gettext_lazy("invoices"),
        rights=(("party", "export"), ("invoice", "view")),
        filters=INVOICE_FILTERS,
        reader=_reader,
        columns=_columns,
        rows=_rows,
        documents=_documents,
    )
)
