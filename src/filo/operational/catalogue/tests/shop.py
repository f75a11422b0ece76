"""A small shop for tests: a jacket in sizes and colours, a lamp, an hour of work, two places."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.folding import fold
from filo.operational.catalogue.models import Product, Stock, StockPlace, Variant, VatClass
from filo.operational.catalogue.services.findable import keep_findable

HOUSE = system("shop")


@dataclass
class Shop:
    """`shop.variants["GIACCA-M-BLU"]`, `shop.places["centro"]`."""

    vat: VatClass
    places: dict[str, StockPlace] = field(default_factory=dict)
    products: dict[str, Product] = field(default_factory=dict)
    variants: dict[str, Variant] = field(default_factory=dict)

    def add(
        self,
        name: str,
        *skus: str,
        price: str = "100",
        stocked: bool = True,
        values: dict[str, dict[str, str]] | None = None,
    ) -> Product:
        moment = clock.now()
        product = Product.objects.create(
            code=name.upper()[:20],
            name=name,
            folded=fold(name),
            vat=self.vat,
            stocked=stocked,
            created_at=moment,
            updated_at=moment,
        )
        for position, sku in enumerate(skus):
            self.variants[sku] = Variant.objects.create(
                product=product,
                sku=sku,
                sku_folded=sku.casefold(),
                price=Decimal(price),
                cost=Decimal(price) / 2,
                values=(values or {}).get(sku, {}),
                position=position,
            )
        keep_findable([product.pk])
        self.products[name] = product
        return product

    def put(self, sku: str, place: str, number: int) -> None:
        Stock.objects.update_or_create(
            variant=self.variants[sku], place=self.places[place], defaults={"on_hand": Decimal(number)}
        )

    def stock(self, sku: str) -> Any:
        """On hand and reserved, in all places."""
        rows = list(Stock.objects.filter(variant=self.variants[sku]))
        return sum((row.on_hand for row in rows), Decimal(0)), sum((row.reserved for row in rows), Decimal(0))


def open_shop() -> Shop:
    vat, _new = VatClass.objects.get_or_create(code="22", defaults={"name": "22 %", "rate": Decimal(22)})
    shop = Shop(vat)
    for position, code in enumerate(("centro", "negozio")):
        shop.places[code], _new = StockPlace.objects.get_or_create(
            code=code, defaults={"name": code.title(), "position": position}
        )
    sizes = {"GIACCA-M-BLU": {"taglia": "M", "colore": "blu"}, "GIACCA-L-BLU": {"taglia": "L", "colore": "blu"}}
    shop.add("Giacca di lino", *sizes, values=sizes)
    shop.add("Lampada da terra", "LAMPADA", price="250")
    shop.add("Posa in opera", "POSA", stocked=False)
    return shop


def actor() -> Principal:
    return HOUSE
