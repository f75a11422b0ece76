"""How acts on invoices are taken back: a draft that was made is thrown away; what was issued stays."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.undoable import PutBack, Values, undo_with
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.services.drafting import delete_draft


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("invoice", "invoice.draft", _throw_away)


def _throw_away(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    invoice = seen_invoice(principal, entry.object_id)
    if not invoice.is_draft:
        return PutBack(refused=dict.fromkeys(values, _("It was issued meanwhile.")))
    if invoice.version > 1:
        return PutBack(left=list(values))
    delete_draft(principal, invoice)
    return PutBack(values)
