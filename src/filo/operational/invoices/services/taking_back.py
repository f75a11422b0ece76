"""How acts on drafts of invoices are taken back: that it was made, changed, thrown away; what was issued stays."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.services.drafting import change_draft
from filo.operational.invoices.services.lines import again, told_lines
from filo.operational.invoices.services.throwing_away import bring_back, delete_draft

_COLUMNS = {field.attname: field for field in Invoice._meta.concrete_fields}


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("invoice", "invoice.draft", _throw_away)
    undo_with("invoice", "invoice.edit", _put_back)
    undo_with("invoice", "invoice.delete", _bring_back)
    undo_with("invoice", "invoice.bring-back", _throw_away)


def _throw_away(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    invoice = seen_invoice(principal, entry.object_id)
    if not invoice.is_draft:
        return _issued(values)
    if invoice.version != entry.changes.get("version", (None, 1))[1]:
        return PutBack(left=list(values))
    delete_draft(principal, invoice)
    return PutBack(values)


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """Facts and lines as they were, where nobody has changed them since."""
    invoice = seen_invoice(principal, entry.object_id)
    if not invoice.is_draft:
        return _issued(values)
    follow = {"total", "delivery_number", "delivery_day"} if "deliveries" in values else {"total"}
    wanted = {
        name: (_plain(name, was), _plain(name, then)) for name, (was, then) in values.items() if name not in follow
    }
    now = {name: told_lines(invoice) if name == "lines" else _plain(name, getattr(invoice, name)) for name in wanted}
    free, since = still_there(wanted, now)
    if free:
        facts = {name: _typed(name, value) for name, value in free.items() if name != "lines"}
        lines = again(free["lines"] or []) if "lines" in free else None
        change_draft(principal, invoice, version=invoice.version, lines=lines, **facts)
    return PutBack([*free, *(values.keys() & follow if free else ())], since)


def _bring_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    if "draft" not in entry.changes:  # thrown away before the audit kept all of it
        return PutBack(refused=dict.fromkeys(values, _("There is no way back from this.")))
    bring_back(principal, entry.object_id, entry.changes["draft"][0])
    return PutBack(values)


def _issued(values: Values) -> PutBack:
    return PutBack(refused=dict.fromkeys(values, _("It was issued meanwhile.")))


def _plain(name: str, value: Any) -> Any:
    """As the audit has it, numbers with the digits of their column."""
    field = _COLUMNS.get(name)
    if isinstance(field, DecimalField) and value is not None:
        return str(round(Decimal(value), field.decimal_places or 0))
    return plain(value)


def _typed(name: str, value: Any) -> Any:
    """As `change_draft` takes it."""
    if name == "deliveries":
        return [(one["number"], date.fromisoformat(one["day"])) for one in value or ()]
    return _COLUMNS[name].to_python(value)
