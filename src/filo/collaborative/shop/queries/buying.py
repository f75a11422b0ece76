"""What a buyer chooses among at the checkout, and what is known of him already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Q

from filo.collaborative.inbox.queries.writing import addresses_of
from filo.collaborative.shop.models import ShippingWay, Shop
from filo.foundation.money import ZERO
from filo.operational.invoices.queries.orders import TOGETHER, bills_of
from filo.operational.orders.models import Order
from filo.operational.parties.models import Party
from filo.operational.payments.models import Due, ProviderAccount
from filo.operational.payments.queries.accounts import provider_of, ways_to_pay
from filo.operational.transfer.countries import country_code

CARD, TRANSFER, AGREED = "card", "transfer", "agreed"


@dataclass(frozen=True)
class Shipping:
    """A way of shipping with its price for a total of goods, both with VAT."""

    way: ShippingWay
    name: str
    price: Decimal
    total: Decimal


def shippings_for(shop: Shop, goods: Decimal, language: str) -> list[Shipping]:
    """The ways in use, in their order."""
    rows = ShippingWay.objects.filter(company=shop.company_id, active=True).select_related("vat")
    return [_priced(one, goods, language) for one in rows]


def _priced(way: ShippingWay, goods: Decimal, language: str) -> Shipping:
    price = ZERO if way.free_from is not None and goods >= way.free_from else way.price
    return Shipping(way, way.name_in(language), price, goods + price)


def payments_of(company_id: UUID) -> dict[str, ProviderAccount]:
    """By what one may pay: by card with a provider, by transfer to an account of ours."""
    found: dict[str, ProviderAccount] = {}
    for row in ways_to_pay(company_id):
        found.setdefault(CARD if provider_of(row).has_webhooks else TRANSFER, row)
    return dict(sorted(found.items()))


def dues_of(order: Order) -> list[Due]:
    """What was ever owed of an order of the shop: as an order, and by its invoices, which take that over; what an
    invoice asks for other orders, too, is not this buyer's to see here.
    """
    bills = bills_of(order).exclude(source_kind=TOGETHER).values("pk")
    mine = Q(kind="order", source_id=order.pk) | Q(kind="invoice", source_id__in=bills)
    return list(Due.objects.for_list().filter(mine).order_by("due_on", "position", "id"))


def open_due_of(order: Order, dues: Sequence[Due]) -> Due | None:
    """Which of them is to be paid next; none is of an order that was called off."""
    return next((due for due in dues if due.left > 0), None) if order.state != "cancelled" else None


def chose_transfer(dues: Sequence[Due]) -> bool:
    """Whether a buyer chose to pay by transfer: that has days, a card is due at once (`owe_order`)."""
    return any(due.kind == "order" and due.due_on > due.document_on for due in dues)


def known_facts(party: Party | None) -> dict[str, str]:
    """What the form begins with for a customer who is recognised."""
    if party is None:
        return {}
    mails = addresses_of(party)
    phones = [point for point in party.contact_points.all() if point.type in ("mobile", "phone")]
    places = sorted(party.addresses.all(), key=lambda one: (one.use != "shipping", one.use != "main", one.position))
    found = {
        "name": party.display_name,
        "email": mails[0].value if mails else "",
        "phone": phones[0].value if phones else "",
    }
    if places:
        place = places[0]
        for name in ("street", "postal_code", "city", "province"):
            found[name] = getattr(place, name)
        found["country"] = country_code(place.country) or "IT"
    return found
