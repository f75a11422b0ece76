"""What somebody looks for in the shop, as it stands in the address: it can be sent, pushed and gone back to."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http.request import QueryDict  # noqa: TID251 (the shape of an address, read here and nowhere answered)
from django.utils.translation import gettext_lazy as _

from filo.foundation.amounts import read_number
from filo.foundation.folding import fold
from filo.foundation.money import cents
from filo.operational.catalogue.models import CONDITIONS

SORTS = {
    "popular": _("Best sellers first"),
    "new": _("Newest first"),
    "price": _("Lowest price first"),
    "-price": _("Highest price first"),
    "name": _("By name"),
}
LONGEST, MOST_CHOSEN, LONGEST_TOKEN = 120, 40, 300
HIGHEST = Decimal(10_000_000)
THOUSANDS = re.compile(r"[€ ]*[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:,\d{3})+)[€ ]*", re.ASCII)


@dataclass(frozen=True)
class Wish:
    """The filter of a list. catalogue: the code of an open one, or the signed link of a reserved one.

    attributes: names and values, folded: values of one name are alternatives, names narrow each other. low, high: in
    euro, with VAT; unread: what was typed there and is no number.
    """

    text: str = ""
    catalogue: str = ""
    category: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    brands: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    low: Decimal | None = None
    high: Decimal | None = None
    stocked: bool = False
    sort: str = "popular"
    unread: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """What stands behind the question mark; empty for everything."""
        pairs = [("q", self.text), ("c", self.catalogue), ("cat", self.category)]
        pairs += [("a", f"{name}:{value}") for name, value in self.attributes]
        pairs += [("brand", one) for one in self.brands] + [("how", one) for one in self.conditions]
        pairs += [("from", _written(self.low)), ("to", _written(self.high)), ("stock", "1" if self.stocked else "")]
        pairs += [("sort", "" if self.sort == "popular" else self.sort)]
        return urlencode([pair for pair in pairs if pair[1]])

    @property
    def narrows(self) -> int:
        """By how many choices it narrows, besides words, category and catalogue."""
        prices = int(self.low is not None or self.high is not None)
        return len(self.attributes) + len(self.brands) + len(self.conditions) + prices + int(self.stocked)

    def but(self, **changes: Any) -> Wish:
        """The same with other choices."""
        return replace(self, **changes)

    def toggled(self, name: str, value: Any) -> Wish:
        """The same with one choice more, or without it."""
        chosen: tuple[Any, ...] = getattr(self, name)
        turned = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
        return self.but(**{name: turned})

    @property
    def bare(self) -> Wish:
        """Words, category and catalogue alone."""
        kept = {"text", "catalogue", "category", "sort"}
        return Wish(**{field.name: getattr(self, field.name) for field in fields(self) if field.name in kept})


def wish_of(asked: QueryDict) -> Wish:
    """What an address asks for; what cannot be read there is left out (`unread` names it)."""
    typed = {name: str(asked.get(name, ""))[:20].strip() for name in ("from", "to")}
    prices = {name: _price(text) for name, text in typed.items()}
    unread = tuple(text for name, text in typed.items() if text and prices[name] is None)
    sort = asked.get("sort", "")
    return Wish(
        text=" ".join(asked.get("q", "").split())[:LONGEST],
        catalogue=asked.get("c", "")[:LONGEST_TOKEN],
        category=asked.get("cat", "")[:LONGEST],
        attributes=_attributes(asked.getlist("a")[:MOST_CHOSEN]),
        brands=_once(asked.getlist("brand")),
        conditions=tuple(one for one in _once(asked.getlist("how")) if one in dict(CONDITIONS)),
        low=prices["from"],
        high=prices["to"],
        stocked=asked.get("stock") == "1",
        sort=sort if sort in SORTS else "popular",
        unread=unread,
    )


def wish_written(address: str) -> Wish:
    """What a list asks for, as it is kept: what stands behind the question mark of its address."""
    return wish_of(QueryDict(address))


def _attributes(typed: list[str]) -> tuple[tuple[str, str], ...]:
    """`taglia:M`; how it is written (capitals, accents) does not matter."""
    pairs = [one.partition(":") for one in typed]
    found = [(fold(name)[:40], fold(value)[:LONGEST]) for name, colon, value in pairs if colon]
    return tuple(dict.fromkeys(pair for pair in found if all(pair)))


def _once(typed: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[:LONGEST] for one in typed[:MOST_CHOSEN] if one))


def _price(text: str) -> Decimal | None:
    """A price to the cent, 1.000 being a thousand euro; None for nothing and for what is none."""
    try:
        found = read_number(re.sub("[.,]", "", text) if THOUSANDS.fullmatch(text) else text)
    except ValueError:
        return None
    if not 0 <= found <= HIGHEST:
        return None
    rounded = cents(found)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


def _written(price: Decimal | None) -> str:
    return "" if price is None else f"{price.normalize():f}"
