"""The first page of the shop: what sells best, what is new, and the catalogues that are open to the visitor."""

from __future__ import annotations

from dataclasses import dataclass

from filo.collaborative.shop.queries.cards import Card, cards_of
from filo.collaborative.shop.queries.facets import known_of
from filo.collaborative.shop.queries.finding import offers_among
from filo.collaborative.shop.queries.shelves import Shelf, open_catalogues
from filo.collaborative.shop.wish import Wish
from filo.operational.catalogue.models import Catalogue

SHOWN = 8


@dataclass(frozen=True)
class Home:
    """What stands there."""

    best: tuple[Card, ...]
    latest: tuple[Card, ...]
    catalogues: tuple[Catalogue, ...]
    categories: tuple[str, ...]


def home_of(shelf: Shelf, language: str) -> Home:
    """The best sellers and the newest, priced in one go."""
    seen = offers_among(shelf.products).select_related("product").prefetch_related("product__texts")
    best = list(seen.order_by("-sold", "product")[:SHOWN])
    latest = list(seen.exclude(pk__in=[one.pk for one in best]).order_by("-since", "product")[:SHOWN])
    cards = {card.product.pk: card for card in cards_of(shelf, [*best, *latest], language)}
    return Home(
        tuple(cards[one.pk] for one in best if one.pk in cards),
        tuple(cards[one.pk] for one in latest if one.pk in cards),
        tuple(open_catalogues(shelf)),
        known_of(shelf, Wish(), shelf.products).categories,
    )
