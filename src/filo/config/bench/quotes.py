"""A quote of 200 lines: how long saving all of it takes, saving one changed line, and printing it; and what pricing a
cart of 50 lines takes.

A house of its own is made on SQLite; a seller saves through the verb that page and API use.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from filo.config.bench.incoming import as_a_house, run_in_house, say_in_house

LINES, CART, ROUNDS = 200, 50, 15
# What has to be reached, in milliseconds.
TARGETS = {"save_all": 150, "save_one": 150, "pdf": 1_000, "cart": 20}
_CHILD = "from filo.config.bench.quotes import measure_here\nimport json\nprint(json.dumps(measure_here(%d)))\n"


def measure(lines: int = LINES, *, database: str = "") -> dict[str, Any]:
    """Make a house and measure; `database` is the URL of an empty PostgreSQL database."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-quotes-") as folder:
        more = (
            {"DATABASE_URL": database, "FILO_SECRET_KEY": "only-for-a-bench-0123456789-0123456789"} if database else {}
        )
        environ = as_a_house(Path(folder), **more)
        run_in_house(environ, "demo", "--empty", "--only-load")
        return dict(json.loads(say_in_house(environ, _CHILD % lines).splitlines()[-1]))


def measure_here(lines: int) -> dict[str, Any]:
    """The same in the house of this process."""
    from dataclasses import replace
    from decimal import Decimal

    from django.db import connection

    from filo.foundation.access.principal import system
    from filo.foundation.accounts.models import User
    from filo.foundation.accounts.queries import people_who_ask, principal_of
    from filo.operational.parties.services.arrivals import create_party
    from filo.operational.prices.asking import Wanted
    from filo.operational.prices.queries.engine import price
    from filo.operational.prices.queries.situations import situation_of
    from filo.operational.quotes.drafts import LineDraft
    from filo.operational.quotes.queries.finding import draft_lines
    from filo.operational.quotes.queries.paper import print_quote
    from filo.operational.quotes.services import draft_quote, write_lines

    person = people_who_ask().get(pk=User.objects.filter(role__code="administrator").values("pk")[:1])
    seller = principal_of(person)
    party = create_party(system("bench"), {"kind": "organisation", "legal_name": "Bench S.r.l."}, relationships=[])
    goods = _goods(lines)
    wanted = [LineDraft(variant_id=key, quantity=Decimal(1 + place % 9)) for place, key in enumerate(goods)]
    quote = draft_quote(seller, party=party)
    step = [0]

    def save_all() -> None:
        step[0] += 1
        write_lines(seller, quote, [replace(one, quantity=one.quantity + step[0]) for one in wanted])

    def save_one() -> None:
        step[0] += 1
        kept = draft_lines(quote)
        write_lines(seller, quote, [replace(kept[0], quantity=Decimal(step[0])), *kept[1:]])

    def cart() -> None:
        price(situation_of(party.pk, None), [Wanted(key, Decimal(2)) for key in goods[:CART]])

    figures = {"engine": connection.vendor, "lines": lines}
    works = (("save_all", save_all), ("save_one", save_one), ("pdf", lambda: print_quote(quote)), ("cart", cart))
    for name, work in works:
        figures[f"{name}_ms"] = _median(work)
    return figures


def _goods(number: int) -> list[Any]:
    from decimal import Decimal

    from filo.foundation.access.principal import system
    from filo.operational.catalogue.services.products import create_product

    made = []
    for at in range(number):
        row = {"sku": f"BENCH-{at}", "price": Decimal(50), "cost": Decimal(20)}
        product = create_product(system("bench"), {"code": f"bench-{at}", "name": f"Articolo {at}"}, variants=[row])
        made.append(product.variants.get().pk)
    return made


def _median(work: Callable[[], Any]) -> float:
    work()
    taken = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 1)


def is_good(report: dict[str, Any]) -> bool:
    """Whether every figure was reached."""
    return all(report[f"{name}_ms"] <= most for name, most in TARGETS.items())


def told(report: dict[str, Any]) -> str:
    """The figures as lines."""
    lines = [f"{report['engine']}, a quote of {report['lines']} lines"]
    lines += [f"{name:<10} {report[f'{name}_ms']:>8} ms   (target {most} ms)" for name, most in TARGETS.items()]
    return "\n".join(lines)
