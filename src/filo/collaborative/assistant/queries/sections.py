"""The sections that a customer is shown because of what he bought, and what they bring."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.utils.translation import get_language

from filo.collaborative.assistant.models import SectionRule, SectionSeen
from filo.collaborative.shop.models import Offer
from filo.collaborative.shop.queries.cards import Card, cards_in
from filo.collaborative.shop.queries.shelves import Shelf
from filo.operational.catalogue.models import Product
from filo.operational.consents.queries import refuses
from filo.operational.orders.models import OrderLine
from filo.operational.parties.models import Party
from filo.operational.past.models import PastLine

SHOWN = 4


@dataclass(frozen=True)
class Section:
    """What is shown, and because of which purchase."""

    rule: SectionRule
    title: str
    because: str
    cards: list[Card]


@dataclass(frozen=True)
class Uplift:
    """Of those who were shown it and of those held out: how many ordered afterwards, as a share."""

    rule: SectionRule
    shown: int
    shown_ordered: int
    held: int
    held_ordered: int

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.rule.title(get_language() or "it")

    @property
    def points(self) -> float | None:
        """The difference in points of a hundred; None while either side is empty."""
        if not self.shown or not self.held:
            return None
        return 100 * (self.shown_ordered / self.shown - self.held_ordered / self.held)


def rules_for(party: Party) -> list[tuple[SectionRule, Product]]:
    """The rules that hold for a customer, each with the latest product that it holds by; none where he refused it."""
    if refuses(party, "profiling"):
        return []
    found = []
    for rule in SectionRule.objects.filter(active=True):
        product = _bought(party, rule.bought)
        if product is not None:
            found.append((rule, product))
    return found


def is_held_out(rule: SectionRule, party: Party) -> bool:
    """Whether he is one of those who are not shown it: always the same, by his id and the rule's code."""
    digest = hashlib.sha256(f"{rule.code}:{party.pk}".encode()).digest()
    return int.from_bytes(digest[:4]) % 100 < rule.holdout


def section_of(shelf: Shelf, rule: SectionRule, product: Product, language: str) -> Section | None:
    """The newest of its list, as cards; None where nothing of it is there."""
    found = Offer.objects.filter(product__in=shelf.products.filter(category__istartswith=rule.shows))
    found = found.order_by("-since", "product")
    cards = cards_in(shelf, found, language, SHOWN)
    return Section(rule, rule.title(language), product.name_in(language), cards) if cards else None


def uplifts() -> list[Uplift]:
    """What each rule brings so far."""
    found = []
    for rule in SectionRule.objects.all():
        rows = SectionSeen.objects.filter(rule=rule)
        shown, held = rows.filter(shown=True), rows.filter(shown=False)
        counts = [one.count() for one in (shown, shown.exclude(ordered_at=None), held, held.exclude(ordered_at=None))]
        found.append(Uplift(rule, *counts))
    return found


def _bought(party: Party, category: str) -> Product | None:
    lines = OrderLine.objects.filter(
        order__party=party, order__number__isnull=False, variant__product__category__istartswith=category
    ).exclude(order__state="cancelled")
    line = lines.select_related("variant__product").order_by("-order__confirmed_at", "-pk").first()
    if line is not None and line.variant is not None:
        return line.variant.product
    past = PastLine.objects.filter(order__party=party, variant__product__category__istartswith=category)
    old = past.select_related("variant__product").order_by("-order__day").first()
    return old.variant.product if old is not None and old.variant is not None else None
