"""Products as a list shows them: name, picture, price for this buyer, whether any is left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from filo.collaborative.shop.models import Offer
from filo.collaborative.shop.queries.pricing import situation_in
from filo.collaborative.shop.queries.shelves import Shelf, shelf_of, the_shop
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Product, ProductImage, Stock
from filo.operational.prices.asking import PricedLine
from filo.operational.prices.queries.singly import price_singly


@dataclass(frozen=True)
class Card:
    """A product in a list. price: what one costs this buyer, with VAT; was: before discounts, where there are some;
    ranged: other variants cost more; left: how many there are (None: it is not kept in stock).
    """

    product: Product
    name: str
    image_id: UUID | None
    price: Decimal
    was: Decimal | None
    ranged: bool
    left: Decimal | None

    @property
    def sold_out(self) -> bool:
        """Whether none is left."""
        return self.left is not None and self.left <= 0


def cards_of(shelf: Shelf, offers: Sequence[Offer], language: str) -> list[Card]:
    """Offers with their products fetched, as cards in the same order; what has no price (any more) is left out."""
    if not offers:
        return []
    situation = situation_in(shelf.shop, shelf.party, language)
    told = price_singly(situation, [offer.variant_id for offer in offers])
    ids = [offer.pk for offer in offers]
    images, left = first_images(ids), left_of_products(ids)
    cards = []
    for offer in offers:
        line = told.get(offer.variant_id)
        if line is not None:
            product = offer.product
            there = left.get(product.pk, ZERO) if product.stocked else None
            ranged = offer.high > offer.low
            cards.append(
                Card(
                    product, product.name_in(language), images.get(product.pk), line.amount, was_of(line), ranged, there
                )
            )
    return cards


def cards_in(shelf: Shelf, found: QuerySet[Offer], language: str, most: int) -> list[Card]:
    """The first of a list that is in order."""
    rows = found.select_related("product").prefetch_related("product__texts")[:most]
    return cards_of(shelf, list(rows), language)


def public_cards(products: Sequence[Product], language: str) -> list[tuple[Product, Card | None]]:
    """Each product as everybody sees it in the shop; None for what the shop does not sell, or has no price."""
    shop = the_shop()
    cards: dict[UUID, Card] = {}
    if shop is not None and products:
        shelf = shelf_of(shop, None)
        found = Offer.objects.filter(product__in=shelf.products.filter(pk__in=[one.pk for one in products]))
        cards = {card.product.pk: card for card in cards_in(shelf, found, language, len(products))}
    return [(one, cards.get(one.pk)) for one in products]


def was_of(line: PricedLine) -> Decimal | None:
    """What as many cost before discounts, where something is taken off."""
    before = line.unit_price * line.quantity
    return before if line.discounts and before > line.amount + line.off else None


def first_images(products: Iterable[UUID]) -> dict[UUID, UUID]:
    """The picture that lists show of each."""
    found: dict[UUID, UUID] = {}
    rows = ProductImage.objects.filter(product__in=list(products)).order_by("position", "id")
    for owner, image in rows.values_list("product", "pk"):
        found.setdefault(owner, image)
    return found


def left_of_products(products: Iterable[UUID]) -> dict[UUID, Decimal]:
    """How many are free of all variants of each."""
    rows = Stock.objects.filter(variant__product__in=list(products), variant__active=True, place__active=True)
    sums = rows.order_by().values("variant__product").annotate(free=Sum(F("on_hand") - F("reserved")))
    return {row["variant__product"]: row["free"] for row in sums}
