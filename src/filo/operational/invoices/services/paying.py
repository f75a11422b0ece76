"""What came in of an invoice, as those say who book payments."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.money import ZERO
from filo.operational.invoices.models import Invoice


def note_paid(principal: Principal, invoice: Invoice, paid: Decimal) -> Invoice:
    """So much of it is paid in all: shared out over its days, the earliest first; said twice it changes nothing.

    Who may is for the caller to ask: payments have rights of their own.
    """
    with transaction.atomic():
        locked = Invoice.objects.select_for_update().get(pk=invoice.pk)
        if locked.paid == paid:
            return locked
        before, locked.paid = locked.paid, paid
        left = paid
        open_day = None
        for due in locked.dues.select_for_update().order_by("day", "id"):
            due.paid = max(ZERO, min(due.amount, left))
            left -= due.paid
            due.save(update_fields=["paid"])
            if open_day is None and due.paid < due.amount:
                open_day = due.day
        locked.due_on = open_day or locked.due_on
        locked.version += 1
        locked.save(update_fields=["paid", "due_on", "version"])
        record(principal, "invoice.pay", kind="invoice", object_id=locked.id, changes={"paid": (before, paid)})
    return locked
