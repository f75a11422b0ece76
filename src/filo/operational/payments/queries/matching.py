"""What lines of banks are compared with."""

from __future__ import annotations

from uuid import UUID

from filo.foundation.access.principal import Principal
from filo.operational.payments.bank.matching import Open
from filo.operational.payments.models import BankLine, Due


def open_to_match(principal: Principal, company_id: UUID) -> list[Open]:
    """The open dues of a company that one sees, as matching wants them."""
    rows = Due.objects.visible_to(principal).unpaid().filter(company=company_id).select_related("party")
    return [
        Open(due.pk, due.party_id, due.document, due.party.display_name, due.left, due.due_on, due.currency)
        for due in rows
    ]


def ibans_of(company_id: UUID) -> dict[str, set[UUID]]:
    """Who paid a company from which account before."""
    found: dict[str, set[UUID]] = {}
    rows = BankLine.objects.filter(company=company_id, state="matched", payment__party__isnull=False).exclude(iban="")
    for iban, party in rows.values_list("iban", "payment__party_id").distinct():
        found.setdefault(iban, set()).add(party)
    return found
