"""Which lines of an invoice belong to which of its delivery notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from filo.operational.invoices.models import InvoiceLine
from filo.operational.orders.models import Shipment


def lines_by_note(lines: Sequence[InvoiceLine]) -> dict[str, list[int]]:
    """By the name of a delivery note the places of its lines on an invoice, from 1."""
    keys = {line.shipment_id for line in lines if line.shipment_id}
    names = {row.pk: row.name for row in Shipment.objects.filter(pk__in=keys)}
    found: dict[str, list[int]] = defaultdict(list)
    for place, line in enumerate(lines, 1):
        if line.shipment_id in names:
            found[names[line.shipment_id]].append(place)
    return found
