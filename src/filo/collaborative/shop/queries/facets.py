"""What a list can be narrowed by: the attributes, brands and conditions of what the words and the category mean."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import caches
from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.collaborative.shop.queries.shelves import Shelf
from filo.collaborative.shop.wish import Wish
from filo.foundation import clock
from filo.operational.catalogue.models import CONDITIONS, Product, ProductValue
from filo.operational.catalogue.queries.wordings import own_word
from filo.operational.catalogue.queries.words import value_words

KEPT_SECONDS = 60
MOST_NAMES, MOST_VALUES = 8, 24
# How the usual attributes are called; the others are called as the house wrote them.
NAMES = {
    "taglia": _("Size"),
    "colore": _("Colour"),
    "materiale": _("Material"),
    "fibre": _("Fibres"),
    "size": _("Size"),
    "colour": _("Colour"),
    "material": _("Material"),
    "fibers": _("Fibres"),
}
_SIZES = ("xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl")
_FIRST = ("taglia", "size", "colore", "colour", "materiale", "material", "fibre", "fibers")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Choice:
    """One thing to choose: as it is said, whether it is chosen, and the address with it turned."""

    said: str
    chosen: bool
    query: str


@dataclass(frozen=True)
class Facet:
    """A name with its choices."""

    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> int:
        """How many of them are chosen."""
        return sum(choice.chosen for choice in self.choices)


@dataclass(frozen=True)
class Known:
    """What was read: (name, value, said) of attributes, brands, conditions, categories."""

    values: tuple[tuple[str, str, str], ...]
    brands: tuple[str, ...]
    conditions: tuple[str, ...]
    categories: tuple[str, ...]


def facets_of(known: Known, wish: Wish) -> list[Facet]:
    """The choices beside a list, those with something to choose among."""
    by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, value, said in known.values:
        by_name[name].append((value, said))
    found = []
    for name in sorted(by_name, key=lambda one: (_FIRST.index(one) if one in _FIRST else len(_FIRST), one)):
        chosen = [value for each, value in wish.attributes if each == name]
        values = sorted(by_name[name], key=lambda pair: by_size(pair[0]))
        if len(values) > 1 or chosen:
            choices = [
                Choice(value_words(said), value in chosen, wish.toggled("attributes", (name, value)).query)
                for value, said in values
            ]
            found.append(Facet(name_of(name), tuple(choices)))
    for label, field, values in (
        (_("Brand"), "brands", [(one, one) for one in known.brands]),
        (_("Condition"), "conditions", [(code, str(said)) for code, said in CONDITIONS if code in known.conditions]),
    ):
        chosen = list(getattr(wish, field))
        if len(values) > 1 or chosen:
            choices = [Choice(said, value in chosen, wish.toggled(field, value).query) for value, said in values]
            found.append(Facet(str(label), tuple(choices)))
    return found


def name_of(attribute: str) -> str:
    """What an attribute is called in the reader's language, where the house has said it or it is a usual one."""
    if own := own_word("attribute", attribute):
        return own
    known = NAMES.get(attribute)
    return str(known) if known else attribute[:1].upper() + attribute[1:]


def by_size(value: str) -> tuple[int, int, str]:
    """Letters of clothes in their order, then numbers by their value, then words."""
    folded = value.casefold()
    if folded in _SIZES:
        return 0, _SIZES.index(folded), folded
    number = _NUMBER.match(folded)
    if number:
        months = "mes" in folded or "mont" in folded
        return 1, int(number.group()) * (1 if months else 12), folded
    return 2, 0, folded


def known_of(shelf: Shelf, wish: Wish, meant: QuerySet[Product]) -> Known:
    """What these products have, as it was within the last minute: everybody who looks for the same shares it."""
    party = shelf.party.pk if shelf.party else ""
    said = (shelf.shop.pk, party, shelf.link, wish.text, wish.category, clock.today())
    name = f"shop.known:{sha256(repr(said).encode()).hexdigest()}"
    found: Known | None = caches["process"].get(name)
    if found is None:
        found = _read(meant)
        caches["process"].set(name, found, KEPT_SECONDS)
    return found


def _read(meant: QuerySet[Product]) -> Known:
    rows = ProductValue.objects.filter(product__in=meant).order_by().values("name", "value")
    counted = rows.annotate(many=Count("product"), one=Min("said")).values_list("name", "value", "one", "many")
    by_name: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for name, value, said, many in counted:
        by_name[name].append((value, said, many))
    names = sorted(by_name, key=lambda name: -sum(many for _value, _said, many in by_name[name]))[:MOST_NAMES]
    values = [
        (name, value, said)
        for name in names
        for value, said, _many in sorted(by_name[name], key=lambda one: -one[2])[:MOST_VALUES]
    ]
    plain = meant.order_by()
    return Known(
        tuple(values),
        _words(plain.exclude(brand="").values_list("brand", flat=True).distinct()),
        _words(plain.values_list("condition", flat=True).distinct()),
        _words(plain.exclude(category="").values_list("category", flat=True).distinct()),
    )


def _words(rows: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(rows, key=str.casefold)[:MOST_VALUES])
