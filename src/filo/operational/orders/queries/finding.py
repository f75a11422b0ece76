"""One order: by its id for whoever may see it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils import translation

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.foundation.organisation.letterhead import letterhead_of
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.services.stock import Source
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order, OrderLine, Shipment
from filo.operational.parties.models import Party

KIND = "order"


def seen_order(principal: Principal, order_id: UUID) -> Order:
    """The order with this id, if this principal may see it. Raises `NotFound`."""
    rows = Order.objects.visible_to(principal).for_list().select_related("unit", "quoted_from")
    found = rows.filter(pk=order_id).first() if principal.may("order", "view") else None
    if found is None:
        raise NotFound
    return found


def seen_shipment(principal: Principal, shipment_id: UUID) -> Shipment:
    """The shipment with this id, if this principal may see its order. Raises `NotFound`."""
    rows = Shipment.objects.visible_to(principal).select_related("order__company", "order__party", "carrier")
    found = rows.filter(pk=shipment_id).first() if principal.may("order", "view") else None
    if found is None:
        raise NotFound
    return found


def lines_of(order: Order) -> list[OrderLine]:
    """All its lines in their order."""
    return list(OrderLine.objects.filter(order=order.pk).order_by("position", "id"))


def source_of(order: Order) -> Source:
    """What the stock knows an order by."""
    return Source(KIND, order.id, order.name)


def draft_of(line: OrderLine) -> LineDraft:
    """A line as it was wanted, for a new one like it."""
    typed = line.variant_id is None or line.by_hand
    return LineDraft(
        variant_id=line.variant_id,
        place_id=line.place_id,
        code=line.code,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=line.unit_price if typed else None,
        discounts=line.discounts if typed else None,
        vat_rate=line.vat_rate,
        nature=line.nature,
    )


def stocked_among(lines: Iterable[OrderLine]) -> set[UUID]:
    """The variants among these lines that are kept in stock."""
    ids = {line.variant_id for line in lines if line.variant_id}
    return set(Variant.objects.filter(pk__in=ids, product__stocked=True).values_list("pk", flat=True)) if ids else set()


def issuer_of(order: Order) -> list[str]:
    """Our company on papers that leave with the goods, line by line, in the customer's language."""
    with translation.override(order.language):
        return list(letterhead_of(order.company).seller["lines"])


def address_of(party: Party, *, use: str) -> list[str]:
    """Whom and where, line by line: the address for this use, else the main one, else the first."""
    rows = list(party.addresses.all())
    ranked = sorted(rows, key=lambda row: (row.use != use, row.use != "main", row.position))
    lines = [party.display_name]
    if ranked:
        place = ranked[0]
        town = " ".join(part for part in (place.postal_code, place.city) if part)
        town += f" ({place.province})" if place.province else ""
        lines += [part for part in (place.street, place.locality, town.strip()) if part]
        if place.country and place.country != "IT":
            lines.append(place.country)
    return lines
