"""A small shop that tests of prices stand in: three articles and the words to price them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from filo.operational.catalogue.models import Product, Variant, VatClass
from filo.operational.prices.asking import Priced, Situation, Wanted
from filo.operational.prices.models import Discount, PriceList, PriceRule
from filo.operational.prices.queries.engine import price
from filo.testing.world import World

DAY = date(2026, 11, 28)
WHEN = datetime(2026, 11, 1, tzinfo=UTC)


@dataclass
class Shop:
    """shirt (50.00, cost 20), scarf (12.99) and book (10.00 at 4 %)."""

    world: World
    goods: dict[str, Variant]

    def ask(self, *lines: tuple[str, str], **facts: object) -> Priced:
        """What these cost: `("shirt", "2")`."""
        return price(self.situation(**facts), [self.wanted(*line) for line in lines])

    def situation(self, **facts: object) -> Situation:
        """On the day of the tests, of Aurora Moda."""
        told: dict[str, object] = {"company_id": self.world.companies["moda"].id, "day": DAY, **facts}
        return Situation(**told)  # type: ignore[arg-type]  # named by each test

    def wanted(self, name: str, quantity: str = "1", unit_price: str = "", discounts: str | None = None) -> Wanted:
        """So many of one of ours."""
        by_hand = Decimal(unit_price) if unit_price else None
        return Wanted(self.goods[name].pk, Decimal(quantity), by_hand, discounts)


def open_shop(world: World) -> Shop:
    """The three articles."""
    ordinary = _vat("vat-22", "22")
    reduced = _vat("vat-4", "4")
    shop = Shop(world, {})
    shop.goods["shirt"] = _article("shirt", "Camicia", ordinary, "50", "20", category="Donna > Camicie")
    shop.goods["scarf"] = _article("scarf", "Sciarpa", ordinary, "12.99", "5", category="Donna > Accessori")
    shop.goods["book"] = _article("book", "Libro", reduced, "10", "6")
    Product.objects.filter(code="shirt").update(line=world.lines["donna"])
    shop.goods["shirt"].refresh_from_db()
    return shop


def _vat(code: str, rate: str) -> VatClass:
    found, _new = VatClass.objects.get_or_create(code=code, defaults={"name": f"{rate} %", "rate": Decimal(rate)})
    return found


def _article(code: str, name: str, vat: VatClass, base: str, cost: str, category: str = "") -> Variant:
    product = Product.objects.create(
        code=code, name=name, vat=vat, category=category, folded=name.casefold(), created_at=WHEN, updated_at=WHEN
    )
    facts = {"price": Decimal(base), "cost": Decimal(cost)}
    return Variant.objects.create(product=product, sku=code.upper(), sku_folded=code, **facts)


def a_list(code: str, **facts: object) -> PriceList:
    """A list of that code and name."""
    return PriceList.objects.create(code=code, name=code.title(), created_at=WHEN, **facts)


def a_rule(found: PriceList, value: str, *, means: str = "price", start: str = "1", **facts: object) -> PriceRule:
    """One line of it."""
    told = {"value": Decimal(value), "means": means, "min_quantity": Decimal(start), **facts}
    return PriceRule.objects.create(list=found, **told)


def a_discount(code: str, percent: str, **facts: object) -> Discount:
    """A discount that comes by itself."""
    return Discount.objects.create(code=code, name=code.title(), percent=Decimal(percent), created_at=WHEN, **facts)


def lost(priced: Priced, code: str, place: int = 0) -> str:
    """Why one did not win, on a line."""
    return next(reason.lost for reason in priced.lines[place].reasons if reason.code == code)


def winner(priced: Priced, place: int = 0) -> tuple[str, str]:
    """What made the price of a line."""
    kinds = ("hand", "list", "base")
    return next((one.kind, one.code) for one in priced.lines[place].reasons if one.won and one.kind in kinds)


NOBODY = UUID(int=0)
