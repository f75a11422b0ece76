"""What an earlier version left is mended by saying the verbs again; twice changes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import DomainError
from filo.operational.invoices.models import Invoice
from filo.operational.orders.models import Order
from filo.operational.payments.models import Due
from filo.operational.payments.queries.left_behind import called_off_and_owed, credited_and_owed, issued_and_not_owed
from filo.operational.payments.services.billed import credit_the_rest, owe_invoice
from filo.operational.payments.services.ordered import move_to_invoice, owe_advance

log = logging.getLogger(__name__)


def repair(principal: Principal) -> int:
    """Mend all that an earlier version left of what is owed; gives how many invoices and orders. Raises `Forbidden`."""
    principal.require("payment", "create")
    invoices = Invoice.objects.select_related("party", "company", "credits")
    orders = Order.objects.select_related("party", "bill_party", "company")
    done = _each(issued_and_not_owed(), lambda pk: _owe(principal, invoices.get(pk=pk)))
    done += _each(credited_and_owed(), lambda pk: credit_the_rest(principal, invoices.get(pk=pk)))
    return done + _each(called_off_and_owed(), lambda pk: owe_advance(principal, orders.get(pk=pk), more=False))


def _owe(principal: Principal, invoice: Invoice) -> None:
    owe_invoice(principal, invoice)
    move_to_invoice(principal, invoice)
    # Nobody is to find a notice for each of the old ones in the morning: whoever repairs is told how many they are.
    dues = Due.objects.filter(kind="invoice", source_id=invoice.pk, told_overdue_at=None, due_on__lt=clock.today())
    dues.update(told_overdue_at=clock.now())


def _each(rows: QuerySet[Any], mend: Callable[[UUID], Any]) -> int:
    """One by one, so that one that cannot be mended keeps none of the others."""
    done = 0
    for pk in list(rows.values_list("pk", flat=True)):
        try:
            with transaction.atomic():
                mend(pk)
        except DomainError as error:
            log.warning("%s could not be mended (%s)", pk, error.code)
        else:
            done += 1
    return done
