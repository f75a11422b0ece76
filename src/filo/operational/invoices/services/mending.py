"""What the exchange rejected, or the office refused, may be mended: what it says, not what it comes to.

Amounts, lines, number and date stay, for it is sent again under the same (`models.invoice.RETURNED`).
"""

from __future__ import annotations

from typing import Any, Final

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.policies import INVOICE_ISSUED
from filo.operational.invoices.services.drafting import IssuedIsFinal, clean_facts
from filo.operational.invoices.vat.reckoning import LACKS_CAUSE

MENDABLE: Final = ("iban", "cause", "held_cause", "cig", "cup")


def mend_rejected(principal: Principal, invoice: Invoice, *, version: int | None = None, **facts: Any) -> Invoice:
    """Change what an invoice that came back may still change; both sides are frozen anew when it is sent again.

    Raises `Forbidden`, `IssuedIsFinal` (it did not come back, or this stays), `Stale`, `InvalidFields`.
    """
    principal.require("invoice", "issue")
    with transaction.atomic():
        locked = Invoice.objects.select_for_update(of=("self",)).select_related("company", "party").get(pk=invoice.pk)
        if not INVOICE_ISSUED.allows(principal, locked):
            raise Forbidden
        if not locked.is_returned or not set(facts) <= set(MENDABLE):
            raise IssuedIsFinal
        cleaned = clean_facts(facts)
        before = {name: getattr(locked, name) for name in cleaned}
        if version is not None and version != locked.version:
            differing = {name: (before[name], value) for name, value in cleaned.items() if before[name] != value}
            raise Stale(differing, version=locked.version)
        for name, value in cleaned.items():
            setattr(locked, name, value)
        if locked.held_kind and not locked.held_cause:
            raise InvalidFields({"held_cause": LACKS_CAUSE})
        locked.version += 1
        locked.save(update_fields=[*cleaned, "version"])
        locked.dues.update(iban=locked.iban)
        changes = {name: (old, cleaned[name]) for name, old in before.items() if old != cleaned[name]}
        record(principal, "invoice.mend", kind="invoice", object_id=locked.id, changes=changes)
    return locked
