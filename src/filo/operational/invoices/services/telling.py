"""What happens to invoices, on the timeline of their customer."""

from __future__ import annotations

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.amounts import money_words
from filo.operational.invoices.models import Invoice
from filo.operational.parties.services.timeline import page_changed, tell


def tell_of(principal: Principal, invoice: Invoice, kind: str) -> None:
    """One row on the card of the customer (or supplier), if there is a card."""
    if invoice.party is None:
        return
    entries = tell(
        principal,
        invoice.party,
        at=clock.now(),
        kind=kind,
        object="invoice",
        summary=f"{invoice.number}: {money_words(invoice.total, invoice.currency)}"[:300],
        reference_kind="invoice",
        reference_id=invoice.id,
        owner_id=invoice.owner_id,
        unit_id=invoice.unit_id,
        company_id=invoice.company_id,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
