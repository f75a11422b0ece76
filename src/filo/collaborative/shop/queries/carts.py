"""What lies in a visitor's cart, and what that costs now. Prices are asked anew each time, never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from filo.collaborative.shop.models import Cart, CartLine, Shop
from filo.collaborative.shop.models.cart import OPEN
from filo.collaborative.shop.queries.cards import first_images, was_of
from filo.collaborative.shop.queries.pricing import priced, situation_in
from filo.collaborative.shop.queries.shelves import known_in, shelf_of
from filo.collaborative.visitors.models import Visitor
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.finding import free_of
from filo.operational.catalogue.queries.words import variant_words
from filo.operational.parties.models import Party
from filo.operational.prices.asking import CouponSaid, Priced, PricedLine, Wanted


@dataclass(frozen=True)
class Chosen:
    """So many of a variant; `link`: by which link of a reserved catalogue it was found."""

    variant: Variant
    quantity: int
    link: str = ""


@dataclass(frozen=True)
class Basket:
    """All that a visitor has chosen, in all browsers in which he is known."""

    lines: tuple[Chosen, ...] = ()
    coupons: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return sum(line.quantity for line in self.lines)


@dataclass(frozen=True)
class BasketLine:
    """A line with its price; priced is None for what is no longer sold, or not to him. short: why it cannot be bought
    as it is (empty: it can); free: how many there are (None: not kept in stock); link: of the catalogue through which
    he may look at it, if through one.
    """

    variant: Variant
    quantity: int
    priced: PricedLine | None
    free: Decimal | None
    name: str
    image_id: UUID | None
    link: str = ""

    @property
    def product(self) -> Product:
        """Whose variant it is."""
        return self.variant.product

    @property
    def told(self) -> str:
        """What sets it apart from its siblings, in the reader's language: M, blue."""
        return variant_words(self.variant)

    @property
    def gone(self) -> bool:
        """Whether it cannot be bought any more."""
        return self.priced is None

    @property
    def short(self) -> bool:
        """Whether there are fewer than he wants."""
        return self.free is not None and self.free < self.quantity

    @property
    def sum(self) -> Decimal | None:
        """What as many cost before coupons, which are told on their own."""
        return self.priced.amount + self.priced.off if self.priced else None

    @property
    def was(self) -> Decimal | None:
        """Before discounts and coupons."""
        return was_of(self.priced) if self.priced else None

    @property
    def left(self) -> int:
        """How many whole ones there are."""
        return int(self.free) if self.free is not None and self.free > 0 else 0


@dataclass(frozen=True)
class PricedBasket:
    """A basket with its prices: what a buyer would pay now, with VAT."""

    lines: tuple[BasketLine, ...]
    answer: Priced | None
    named: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many pieces there are."""
        return sum(line.quantity for line in self.lines)

    @property
    def total(self) -> Decimal:
        """What the goods come to, less coupons."""
        return self.answer.totals.total if self.answer else ZERO

    @property
    def vat(self) -> Decimal:
        """The VAT in it."""
        return self.answer.totals.vat if self.answer else ZERO

    @property
    def coupons(self) -> Sequence[CouponSaid]:
        """What became of each coupon."""
        return self.answer.coupons if self.answer else ()

    @property
    def can_be_bought(self) -> bool:
        """Whether all of it is there and has its price."""
        return bool(self.lines) and not any(line.gone or line.short for line in self.lines)


def carts_of(visitor: Visitor) -> QuerySet[Cart]:
    """The open carts that are his: of this browser, and of all browsers of whom he is known to be."""
    party = known_in(visitor)
    mine = Q(visitor=visitor.pk, party=None)
    return Cart.objects.filter(OPEN, mine | Q(party=party.pk) if party else mine)


def cart_of(visitor: Visitor | None) -> Basket:
    """What he has chosen: the same variant in two of his browsers is one line."""
    if visitor is None:
        return Basket()
    carts = carts_of(visitor)
    rows = (
        CartLine.objects.filter(cart__in=carts)
        .select_related("variant__product")
        .prefetch_related("variant__product__texts")
    )
    found: dict[UUID, Chosen] = {}
    for row in rows.order_by("id"):
        known = found.get(row.variant_id)
        number, link = row.quantity + (known.quantity if known else 0), row.link or (known.link if known else "")
        found[row.variant_id] = Chosen(row.variant, number, link)
    codes = [code for named in carts.values_list("coupons", flat=True) for code in named] if found else []
    return Basket(tuple(found.values()), tuple(dict.fromkeys(codes)))


def pieces_of(visitor: Visitor | None) -> int:
    """How many pieces lie in his cart, for the head of every page."""
    if visitor is None:
        return 0
    return int(CartLine.objects.filter(cart__in=carts_of(visitor)).aggregate(all=Sum("quantity"))["all"] or 0)


def priced_basket(shop: Shop, visitor: Visitor | None, language: str, basket: Basket | None = None) -> PricedBasket:
    """What a basket costs this visitor now; what he may not see (any more) has no price."""
    basket = cart_of(visitor) if basket is None else basket
    if not basket.lines:
        return PricedBasket((), None, basket.coupons)
    allowed = sold_to(shop, visitor, basket.lines)
    wanted = [Wanted(one.variant.pk, Decimal(one.quantity)) for one in basket.lines if one.variant.pk in allowed]
    situation = situation_in(shop, known_in(visitor), language, basket.coupons)
    answer, _gone = priced(situation, wanted)
    told = {line.variant_id: line for line in answer.lines} if answer else {}
    free = free_of(one.variant.pk for one in basket.lines)
    images = first_images(one.variant.product_id for one in basket.lines)
    links = {asked: shelf_of(shop, visitor, asked).link for asked in {one.link for one in basket.lines}}
    lines = [_line(replace(one, link=links[one.link]), told, free, images, language) for one in basket.lines]
    return PricedBasket(tuple(lines), answer, basket.coupons)


def sold_to(shop: Shop, visitor: Visitor | None, lines: Sequence[Chosen]) -> set[UUID]:
    """The variants among these that this visitor may buy, each by the link it was found by."""
    allowed: set[UUID] = set()
    for link in {one.link for one in lines}:
        mine = [one.variant for one in lines if one.link == link and one.variant.active]
        shown = shelf_of(shop, visitor, link).products.filter(pk__in={one.product_id for one in mine})
        seen = set(shown.values_list("pk", flat=True))
        allowed |= {one.pk for one in mine if one.product_id in seen}
    return allowed


def carts_on_card(party: Party) -> list[CartLine]:
    """What a customer has in his open carts, for colleagues."""
    rows = CartLine.objects.filter(OPEN_OF_LINE, cart__party=party).select_related("variant__product", "cart")
    return list(rows.prefetch_related("variant__product__texts").order_by("-cart__changed_at", "id")[:20])


OPEN_OF_LINE = Q(cart__ordered_at=None)


def _line(
    one: Chosen,
    told: Mapping[UUID, PricedLine],
    free: Mapping[UUID, Decimal],
    images: Mapping[UUID, UUID],
    language: str,
) -> BasketLine:
    product = one.variant.product
    return BasketLine(
        one.variant,
        one.quantity,
        told.get(one.variant.pk),
        free.get(one.variant.pk, ZERO) if product.stocked else None,
        product.name_in(language),
        images.get(product.pk),
        one.link,
    )
