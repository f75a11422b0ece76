"""How a VAT number stands at VIES: beside it on cards, above the form, and on invoices inside the Union."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from filo.foundation.web.requests import principal_in
from filo.foundation.web.slots import fill
from filo.operational.invoices.models import Invoice
from filo.operational.parties.models import Party
from filo.operational.parties.origins import explain_operations
from filo.operational.parties.queries.card import may_edit
from filo.operational.vies.changed import register_changes
from filo.operational.vies.numbers import asked_as
from filo.operational.vies.queries import acts_of_vies, standing_of
from filo.operational.vies.services.taking_over import register_undo

# DL 331/93, article 41: without VAT only to whom the other state knows by his number.
WITHOUT_VAT = "N3.2"


def register() -> None:
    """Called once, when the program starts."""
    register_changes()
    register_undo()
    explain_operations(acts_of_vies)
    fill("parties.card.vat", _on_card)
    fill("parties.edit.check", _above_form)
    fill("invoices.invoice.doubts", _on_invoice)


def _on_card(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    principal = principal_in(request)
    if principal is None or not isinstance(party, Party):
        return None
    found = standing_of(principal, party)
    if found is None:
        return None
    context = {"party": party, "vies": found, "may_edit": may_edit(principal, party)}
    return "vies/_on_card.html", context


def _above_form(request: HttpRequest, party: Any) -> tuple[str, dict[str, Any]] | None:
    found = _on_card(request, party)
    return ("vies/_above_form.html", found[1]) if found else None


def _on_invoice(request: HttpRequest, invoice: Any) -> tuple[str, dict[str, Any]] | None:
    """Of one that goes to another member state without VAT, unless its customer is known to be valid."""
    principal = principal_in(request)
    if principal is None or not isinstance(invoice, Invoice) or invoice.direction != "issued":
        return None
    party = invoice.party
    asked = asked_as(party.vat_number) if party else None
    if party is None or asked is None or asked[0] == "IT":
        return None
    rows = invoice.lines if invoice.is_draft else invoice.taxes
    if not rows.filter(nature=WITHOUT_VAT).exists():
        return None
    if not Party.objects.visible_to(principal).filter(pk=party.pk).exists():
        return None
    found = standing_of(principal, party)
    if found is None or found.is_valid:
        return None
    return "vies/_on_invoice.html", {"party": party, "vies": found}
