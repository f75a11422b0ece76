"""What can be taken out of payments, and of what is owed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.exportable import Asked, Exportable, ExportColumn, declare, each
from filo.foundation.filters.tree import compile_tree
from filo.foundation.web.chunks import ListInChunks
from filo.operational.parties.queries.naming import names_of
from filo.operational.payments.filters import DUE_FILTERS, PAYMENT_FILTERS
from filo.operational.payments.models import Due, Payment
from filo.operational.payments.queries.listing import DUE_SORTS, PAYMENT_SORTS, dues_found, payments_found
from filo.operational.payments.words import DUE_STATES

_CUSTOMER, _COMPANY = gettext_lazy("Customer"), gettext_lazy("Company")
_AMOUNT, _CURRENCY, _STATE = gettext_lazy("Amount"), gettext_lazy("Currency"), gettext_lazy("State")
Named = tuple[Any, str]


def _payments(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of payments."""
    found = payments_found(principal, None, asked.words)
    narrowed = found.filter(compile_tree(asked.tree, PAYMENT_FILTERS, principal))
    return ListInChunks(narrowed, PAYMENT_SORTS, asked.sort or "-paid_on")


def _dues(principal: Principal, asked: Asked) -> ListInChunks:
    """The list of what is owed."""
    found = dues_found(principal, None, asked.words)
    return ListInChunks(
        found.filter(compile_tree(asked.tree, DUE_FILTERS, principal)), DUE_SORTS, asked.sort or "due_on"
    )


def _rows_of_payments(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[Named]:
    rows = Payment.objects.visible_to(principal).select_related("company").in_bulk(list(ids))
    return _named(principal, [rows[one] for one in ids if one in rows])


def _rows_of_dues(principal: Principal, ids: Sequence[UUID], _needs: Collection[str]) -> Sequence[Named]:
    rows = Due.objects.visible_to(principal).select_related("company").in_bulk(list(ids))
    return _named(principal, [rows[one] for one in ids if one in rows])


def _named(principal: Principal, rows: Sequence[Any]) -> list[Named]:
    names = names_of(principal, {row.party_id for row in rows if row.party_id})
    return [(row, names.get(row.party_id, "")) for row in rows]


def _columns_of_payments(_principal: Principal) -> Sequence[ExportColumn]:
    return [
        ExportColumn("paid_on", pgettext_lazy("a payment", "Paid on"), each(lambda row: row[0].paid_on), "day"),
        ExportColumn("party", _CUSTOMER, each(lambda row: row[1])),
        ExportColumn("amount", _AMOUNT, each(lambda row: str(row[0].amount))),
        ExportColumn("currency", _CURRENCY, each(lambda row: row[0].currency)),
        ExportColumn("direction", gettext_lazy("Direction"), each(lambda row: row[0].get_direction_display())),
        ExportColumn("method", gettext_lazy("Way to pay"), each(lambda row: row[0].get_method_display())),
        ExportColumn("state", _STATE, each(lambda row: row[0].get_state_display())),
        ExportColumn("credit", gettext_lazy("Credit"), each(lambda row: str(row[0].left))),
        ExportColumn("reference", gettext_lazy("Reference"), each(lambda row: row[0].reference)),
        ExportColumn("company", _COMPANY, each(lambda row: row[0].company.name)),
    ]


def _columns_of_dues(_principal: Principal) -> Sequence[ExportColumn]:
    return [
        ExportColumn("document", gettext_lazy("Document"), each(lambda row: row[0].document)),
        ExportColumn("party", _CUSTOMER, each(lambda row: row[1])),
        ExportColumn("due_on", pgettext_lazy("a sum", "To be paid by"), each(lambda row: row[0].due_on), "day"),
        ExportColumn("amount", _AMOUNT, each(lambda row: str(row[0].amount))),
        ExportColumn("left", pgettext_lazy("dues", "Open"), each(lambda row: str(row[0].left))),
        ExportColumn("currency", _CURRENCY, each(lambda row: row[0].currency)),
        ExportColumn("state", _STATE, each(lambda row: str(DUE_STATES[row[0].state]))),
        ExportColumn("days_late", gettext_lazy("Days late"), each(lambda row: str(row[0].days_late))),
        ExportColumn("company", _COMPANY, each(lambda row: row[0].company.name)),
    ]


def _documents_of_payments(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    names = ("id", "paid_on", "currency", "direction", "method", "state", "reference")
    return [
        {name: getattr(row, name) for name in names}
        | {"amount": str(row.amount), "left": str(row.left), "party": party}
        for row, party in _rows_of_payments(principal, ids, ())
    ]


def _documents_of_dues(principal: Principal, ids: Sequence[UUID]) -> Sequence[dict[str, Any]]:
    names = ("id", "document", "due_on", "currency", "state", "days_late")
    return [
        {name: getattr(row, name) for name in names}
        | {"amount": str(row.amount), "left": str(row.left), "party": party}
        for row, party in _rows_of_dues(principal, ids, ())
    ]


declare(
    Exportable(
        code="payments",
        label=gettext_lazy("Payments"),
        stem=gettext_lazy("payments"),
        rights=(("party", "export"), ("payment", "view")),
        filters=PAYMENT_FILTERS,
        reader=_payments,
        columns=_columns_of_payments,
        rows=_rows_of_payments,
        documents=_documents_of_payments,
    )
)
declare(
    Exportable(
        code="dues",
        label=gettext_lazy("What is owed"),
        stem=gettext_lazy("dues"),
        rights=(("party", "export"), ("payment", "view")),
        filters=DUE_FILTERS,
        reader=_dues,
        columns=_columns_of_dues,
        rows=_rows_of_dues,
        documents=_documents_of_dues,
    )
)
