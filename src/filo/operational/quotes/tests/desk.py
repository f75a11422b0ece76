"""A seller's desk for tests of quotes: three articles, and quotes that are drafted in one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from filo.foundation.access.principal import Principal, system
from filo.operational.catalogue.models import Product, Variant, VatClass
from filo.operational.prices.models import DiscountCap
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services import Evidence, accept_quote, draft_quote, send_quote
from filo.testing.world import World

WHEN = datetime(2026, 11, 1, tzinfo=UTC)
CUSTOMER = system("customer")


@dataclass
class Desk:
    """shirt (50.00, cost 20), scarf (12.99, cost 5) and book (10.00 at 4 %, cost 6)."""

    world: World
    goods: dict[str, Variant]

    def principal(self, name: str = "agent") -> Principal:
        return self.world.principal(name)

    def line(self, name: str = "shirt", quantity: str = "1", **facts: object) -> LineDraft:
        return LineDraft(variant_id=self.goods[name].pk, quantity=Decimal(quantity), **facts)  # type: ignore[arg-type]

    def draft(self, *lines: LineDraft, by: str = "agent", party: str = "own", **facts: object) -> Quote:
        return draft_quote(
            self.principal(by),
            party=self.world.parties[party],
            lines=lines or [self.line("shirt", "2")],
            facts=facts,
        )

    def sent(self, *lines: LineDraft, by: str = "agent", **facts: object) -> Quote:
        return send_quote(self.principal(by), self.draft(*lines, by=by, **facts))  # type: ignore[arg-type]

    def accepted(self, quote: Quote) -> Quote:
        return accept_quote(CUSTOMER, quote, evidence=Evidence("Anna Bassi"))

    def cap(self, role: str, percent: str) -> DiscountCap:
        return DiscountCap.objects.create(role=role, percent=Decimal(percent))


def desk_of(world: World) -> Desk:
    """The three articles."""
    ordinary = VatClass.objects.get_or_create(code="vat-22", defaults={"name": "22 %", "rate": Decimal(22)})[0]
    reduced = VatClass.objects.get_or_create(code="vat-4", defaults={"name": "4 %", "rate": Decimal(4)})[0]
    goods = {
        "shirt": _article("shirt", "Camicia", ordinary, "50", "20"),
        "scarf": _article("scarf", "Sciarpa", ordinary, "12.99", "5"),
        "book": _article("book", "Libro", reduced, "10", "6"),
    }
    return Desk(world, goods)


def _article(code: str, name: str, vat: VatClass, base: str, cost: str) -> Variant:
    product = Product.objects.create(
        code=code, name=name, vat=vat, folded=name.casefold(), created_at=WHEN, updated_at=WHEN
    )
    return Variant.objects.create(
        product=product, sku=code.upper(), sku_folded=code, price=Decimal(base), cost=Decimal(cost)
    )
