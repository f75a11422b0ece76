"""A catalogue of a hundred thousand products: how long its list, its search, its filters and its pages take.

A house of its own is made, on SQLite or in an empty database of PostgreSQL; the products are written by the thousand,
what is measured are the pages themselves, asked for by a signed-in administrator.
"""

from __future__ import annotations

import json
import random
import statistics
import tempfile
import time
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from filo.config.bench.deals import HOUSE_OF_POSTGRESQL, timed
from filo.config.bench.incoming import as_a_house, run_in_house, say_in_house

AT_ONCE, ROUNDS = 2_000, 15
MOST_MS = 50  # for each page, at the median
_CHILD = "from filo.config.bench.catalogue import measure_here\nimport json\nprint(json.dumps(measure_here(%d)))\n"
_THINGS = ("Camicia", "Giacca", "Gonna", "Abito", "Cappotto", "Sciarpa", "Maglia", "Borsa", "Lampada", "Tavolo", "Vite")
_LOOKS = ("Oxford", "Milano", "Capri", "Alpina", "Leggera", "Classica", "Sportiva", "Elegante", "Notte", "Reale")
_COLOURS = ["bianco", "nero", "rosso", "blu", "verde", "giallo", "grigio", "azzurro"]
_SIZES = ("S", "M", "L", "XL")


def measure(products: int, *, database: str = "") -> dict[str, Any]:
    """Make so many products of two variants each, and measure; `database`: the URL of an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-catalogue-") as folder:
        more = {"DATABASE_URL": database, **HOUSE_OF_POSTGRESQL} if database else {}
        environ = as_a_house(Path(folder), **more)
        run_in_house(environ, "demo", "--empty", "--only-load")
        return dict(json.loads(say_in_house(environ, _CHILD % products).splitlines()[-1]))


def measure_here(products: int) -> dict[str, Any]:
    """The same in the house of this process."""
    from django.conf import settings
    from django.db import connection, transaction

    from filo.foundation import clock

    settings.ALLOWED_HOSTS = ["*"]
    began, rng = time.perf_counter(), random.Random(1)  # noqa: S311  (the same products at every run)
    for first in range(0, products, AT_ONCE):
        with transaction.atomic():
            _fill(rng, range(first, min(first + AT_ONCE, products)), clock.now())
    made = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"engine": connection.vendor, "products": products, "made_seconds": round(made), **_pages()}


def _fill(rng: random.Random, numbers: range, now: datetime) -> None:
    """Products with two variants, what they are found by, and stock in one place."""
    from filo.foundation.bulk import insert
    from filo.foundation.folding import fold
    from filo.operational.catalogue.models import Product, Stock, StockPlace, Variant, VatClass
    from filo.operational.catalogue.services.findable import keep_findable

    if not VatClass.objects.exists():
        insert(VatClass, [VatClass(code="22", name="IVA 22 %", rate=Decimal(22))])
    if not StockPlace.objects.exists():
        insert(StockPlace, [StockPlace(code="centro", name="Centro")])
    vat, place = VatClass.objects.earliest("position"), StockPlace.objects.earliest("position")
    products, variants = [], []
    for number in numbers:
        name = f"{rng.choice(_THINGS)} {rng.choice(_LOOKS)} {number}"
        one = Product(
            code=f"P{number:06}",
            name=name,
            folded=fold(name),
            brand=f"Marca {rng.randint(1, 60)}",
            category=f"Categoria {rng.randint(1, 200)}",
            attributes=["Taglia", "Colore"],
            facts={"Materiale": rng.choice(("cotone", "lino", "lana", "ferro"))},
            status="active" if number % 10 else "draft",
            vat=vat,
            low_at=5,
            created_at=now,
            updated_at=now,
        )
        products.append(one)
        price = Decimal(rng.randint(100, 50_000)) / 100
        for place_of, size in enumerate(rng.sample(_SIZES, 2)):
            sku = f"{one.code}-{size}"
            values = {"Taglia": size, "Colore": rng.choice(_COLOURS)}
            facts = {"price": price, "cost": price / 2, "values": values, "position": place_of}
            variants.append(Variant(product=one, sku=sku, sku_folded=sku.casefold(), **facts))
    insert(Product, products)
    insert(Variant, variants)
    insert(Stock, [Stock(variant=one, place=place, on_hand=rng.randint(0, 40)) for one in variants])
    keep_findable([one.pk for one in products])


def _pages() -> dict[str, Any]:
    """Milliseconds of each page for an administrator, who sees all."""
    from django.test import Client

    from filo.config.demo.staff import PASSWORD
    from filo.operational.catalogue.models import Product

    client = Client()
    answer = client.post("/login", {"login": "admin@aurora.example", "password": PASSWORD})
    if answer.status_code != 302:
        raise RuntimeError(f"the sign-in answered {answer.status_code}")
    found = {name: timed(partial(client.get, address), ROUNDS) for name, address in ADDRESSES.items()}
    pages = iter(Product.objects.order_by("pk").values_list("pk", flat=True)[1000 : 1000 + ROUNDS])
    return {**found, "product": timed(lambda: client.get(f"/products/{next(pages)}"), ROUNDS)}


ADDRESSES = {
    "list": "/products?status=active",
    "latest": "/products?status=active&sort=-updated",
    "category": "/products?category=Categoria+7",
    "attribute": "/products?attribute=colore%3Drosso",
    "in stock": "/products?in_stock=yes",
    "low stock": "/products?low=yes",
    "words": "/products?q=giacca+alpina",
    "one word": "/products?q=camicia",
    "mistyped": "/products?q=gaicca+alpina",
    "code": "/products?q=p050000-m",
    "suggest": "/products/suggest?q=giacca+alpi",
    "stock": "/stock",
}


def told(report: dict[str, Any]) -> str:
    """The report as a table."""
    heads = f"{report['products']:,} products on {report['engine']}: made in {report['made_seconds']} s"
    lines = [heads, f"{'':14}{'median ms':>12}{'slowest ms':>12}  target {MOST_MS} ms"]
    for name in (*ADDRESSES, "product"):
        row = report[name]
        missed = "" if row["median_ms"] <= MOST_MS else "  missed"
        lines.append(f"{name:14}{row['median_ms']:>12}{row['slowest_ms']:>12}{missed}")
    average = statistics.mean(report[name]["median_ms"] for name in (*ADDRESSES, "product"))
    return "\n".join([*lines, f"{'all':14}{average:>12.1f}"])


def is_good(report: dict[str, Any]) -> bool:
    """Whether every page is as quick as it has to be."""
    return all(report[name]["median_ms"] <= MOST_MS for name in (*ADDRESSES, "product"))
