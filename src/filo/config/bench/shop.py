"""A shop of many products: how long its pages take, from the first look to the order.

A house of its own is made; products in sizes and colours come in by the verb that imports use, with a price list of the
shop's channel, promotions and stock. Pages are asked for in this process, with everything that a request goes through.
"""

from __future__ import annotations

import json
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

from filo.config.bench.incoming import as_a_house, run_in_house, say_in_house

PRODUCTS, ROUNDS, SEED = 10_000, 60, 7
SOLD_OUT = 20  # one variant in so many
# What has to be reached at the 95th percentile, in milliseconds.
TARGETS = dict.fromkeys(("home", "list", "far_down", "filter", "search", "mistyped", "product", "cart"), 150) | {
    "checkout": 150,
    "order": 300,
}
KINDS = ("Pullover", "Camicia", "Giacca", "Pantalone", "Gonna", "Abito", "Sciarpa", "Cappotto", "Maglia", "Felpa")
LIKE = ("classico", "morbido", "leggero", "pesante", "da sera", "da viaggio", "invernale", "estivo", "lungo", "corto")
OF = ("lana", "cotone", "seta", "lino", "cachemire", "viscosa", "poliestere", "alpaca", "velluto", "denim")
COLOURS = ("blu", "rosso", "verde", "nero", "bianco", "beige", "grigio", "senape", "ottanio", "rosa")
_CHILD = "from filo.config.bench.shop import measure_here\nimport json\nprint(json.dumps(measure_here(%d)))\n"


def measure(products: int = PRODUCTS, *, database: str = "") -> dict[str, Any]:
    """Make a house and measure; `database` is the URL of an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-shop-") as folder:
        more = (
            {"DATABASE_URL": database, "FILO_SECRET_KEY": "only-for-a-bench-0123456789-0123456789"} if database else {}
        )
        environ = as_a_house(Path(folder), **more)
        run_in_house(environ, "demo", "--empty", "--only-load")
        return dict(json.loads(say_in_house(environ, _CHILD % products).splitlines()[-1]))


def measure_here(products: int) -> dict[str, Any]:
    """The same in the house of this process."""
    from django.db import connection

    from filo.collaborative.shop.services import keep_offers
    from filo.foundation.bulk import learn_sizes

    began = time.perf_counter()
    _fill(products)
    learn_sizes()
    filled = time.perf_counter()
    keep_offers()
    learn_sizes()
    figures: dict[str, Any] = {
        "engine": connection.vendor,
        "products": products,
        "filled_seconds": round(filled - began),
        "offers_seconds": round(time.perf_counter() - filled, 1),
    }
    chance = random.Random(SEED)  # noqa: S311 (a bench, not a secret)
    for name, work in _works(products, chance).items():
        figures[name] = _timed(work)
    return figures


def _fill(number: int) -> None:
    from decimal import Decimal

    from filo.foundation.access.principal import system
    from filo.foundation.organisation.models import SellingCompany
    from filo.operational.catalogue.models import StockPlace, Variant, VatClass
    from filo.operational.catalogue.services.counting import count
    from filo.operational.catalogue.services.products import create_product

    bench, company = system("bench"), SellingCompany.objects.get(code="aurora-moda")
    vat, chance = VatClass.objects.get(code="22").pk, random.Random(SEED)  # noqa: S311
    for at in range(number):
        name = f"{KINDS[at % 10]} {LIKE[at // 10 % 10]} di {OF[at // 100 % 10]} {at}"
        colours = chance.sample(COLOURS, 2)
        rows = [
            {
                "sku": f"B{at}-{size}-{colour}",
                "values": {"Taglia": size, "Colore": colour},
                "price": Decimal(20 + at % 200),
            }
            for size in ("S", "M", "L")
            for colour in colours
        ]
        facts = {"code": f"B{at}", "name": name, "category": KINDS[at % 10], "brand": f"Marca {at % 12}", "vat_id": vat}
        more = {"attributes": ["Taglia", "Colore"], "facts": {"Materiale": OF[at // 100 % 10]}}
        create_product(bench, {**facts, **more, "company_id": company.pk}, variants=rows)
    place = StockPlace.objects.order_by("position").values_list("pk", flat=True)[0]
    lines = [(pk, place, Decimal(0 if n % SOLD_OUT == 7 else 40)) for n, pk in enumerate(_variants(Variant))]
    for start in range(0, len(lines), 5_000):
        count(bench, lines[start : start + 5_000], note="bench")


def _variants(model: Any) -> list[Any]:
    return list(model.objects.filter(sku__startswith="B").order_by("pk").values_list("pk", flat=True))


def _works(products: int, chance: random.Random) -> dict[str, Callable[[], object]]:
    """What is measured, each as one asking; every one asks for something else, so that nothing is kept from before."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")

    def look(*, address: Callable[[], str]) -> Callable[[], object]:
        def seen() -> None:
            _seen(client.get(address(), headers={"Accept-Language": "it"}))

        return seen

    def any_of(words: tuple[str, ...]) -> str:
        return chance.choice(words)

    far = [_address_of_page(client, 20)]
    sorts = ("popular", "new", "price", "-price", "name")
    return {
        "home": look(address=lambda: "/p/shop"),
        "list": look(address=lambda: f"/p/shop/find?sort={any_of(sorts)}&cat={any_of(('', *KINDS))}"),
        "far_down": look(address=lambda: far[0]),
        "filter": look(
            address=lambda: (
                f"/p/shop/find?a=taglia:m&a=colore:{any_of(COLOURS)}&a=materiale:{any_of(OF)}&stock=1&from=40&to=180"
            )
        ),
        "search": look(address=lambda: f"/p/shop/find?q={any_of(KINDS)}+{any_of(OF)}"),
        "mistyped": look(address=lambda: f"/p/shop/find?q={_swapped(any_of(KINDS), chance)}+{any_of(LIKE[:4])}"),
        "product": look(address=lambda: f"/p/shop/p/B{chance.randrange(products)}?o=Taglia:M"),
        **_buying(client, chance),
    }


def _buying(client: Any, chance: random.Random) -> dict[str, Callable[[], object]]:
    from uuid import uuid4

    from filo.collaborative.shop.models import ShippingWay
    from filo.operational.catalogue.models import Variant

    goods = [pk for n, pk in enumerate(_variants(Variant)) if n % SOLD_OUT != 7]
    way = ShippingWay.objects.order_by("position").values_list("pk", flat=True)[0]

    def put() -> None:
        _clear_limits()
        client.post("/p/shop/cart/add", {"variant": str(chance.choice(goods))})

    def cart() -> None:
        _seen(client.get("/p/shop/cart"))

    def desk() -> None:
        _seen(client.get("/p/shop/checkout"))

    def order() -> None:
        place = {"street": "Via Roma 1", "postal_code": "20121", "city": "Milano", "province": "MI"}
        who = {"name": "Anna Verdi", "email": f"anna{chance.randrange(10**9)}@verdi.example", "terms": "on"}
        sent = {**place, **who, "pay": "transfer", "shipping_id": str(way), "key": str(uuid4())}
        _seen(client.post("/p/shop/checkout", sent), status=302)

    for _line in range(5):
        put()
    works: dict[str, Callable[[], object]] = {"cart": cart, "checkout": desk}
    return works | {"order": _before(order, put)}


def _before(work: Callable[[], object], prepare: Callable[[], object]) -> Callable[[], object]:
    """With something that has to be done before each time, and is not measured."""

    def whole() -> object:
        prepare()
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return whole


def _address_of_page(client: Any, number: int) -> str:
    """The list so many pages further down."""
    address = "/p/shop/find?sort=name"
    for _page in range(number):
        following = re.search(r'href="(\?[^"]*cursor=[^"]*)" rel="next"', client.get(address).content.decode())
        if following is None:
            break
        address = f"/p/shop/find{unescape(following.group(1))}"
    return address


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _seen(answer: Any, *, status: int = 200) -> None:
    if answer.status_code != status:
        raise RuntimeError(f"{answer.status_code}")


def _clear_limits() -> None:
    from django.core.cache import cache

    cache.clear()


def _timed(work: Callable[[], object]) -> dict[str, float]:
    work()
    spent = []
    for _round in range(ROUNDS):
        _clear_limits()
        began = time.perf_counter()
        told = work()
        spent.append(1000 * (told if isinstance(told, float) else time.perf_counter() - began))
    ordered = sorted(spent)
    return {"p50_ms": round(statistics.median(spent), 1), "p95_ms": round(ordered[int(len(ordered) * 0.95)], 1)}


def is_good(report: dict[str, Any]) -> bool:
    """Whether every figure was reached."""
    return all(report[name]["p95_ms"] <= most for name, most in TARGETS.items())


def told(report: dict[str, Any]) -> str:
    """The figures as lines."""
    lines = [
        f"{report['engine']}, {report['products']} products (filled in {report['filled_seconds']} s, "
        f"offers reckoned in {report['offers_seconds']} s)"
    ]
    for name, most in TARGETS.items():
        found = report[name]
        lines.append(f"{name:<10} p50 {found['p50_ms']:>7} ms   p95 {found['p95_ms']:>7} ms   (target {most} ms)")
    return "\n".join(lines)
