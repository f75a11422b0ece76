"""Variants made from sizes and colours in one go, and their codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product as every_combination
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import fold
from filo.operational.catalogue.drafts import MOST_VARIANTS, clean_attributes, clean_values
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.catalogue.services.changing import (
    locked_product,
    tell_of,
    touch,
    write_product,
)
from filo.operational.catalogue.services.variants import write_variants


def make_grid(
    principal: Principal, product: Product, attributes: Mapping[str, Sequence[str]], **facts: Any
) -> tuple[Product, int]:
    """A variant for each combination of values (sizes × colours) that is not there yet; gives how many were made.

    facts: what all of them have, as `price` and `cost`. Raises `Forbidden`, `InvalidFields`.
    """
    try:
        names = clean_attributes(attributes)
    except ValueError as error:
        raise InvalidFields({"attributes": str(error)}) from None
    asked = {name.strip(): values for name, values in attributes.items()}
    values = [list(dict.fromkeys(one.strip() for one in asked[name] if one.strip())) for name in names]
    wanted = [clean_values(dict(zip(names, found, strict=True))) for found in every_combination(*values) if found]
    if not wanted:
        raise InvalidFields({"attributes": _("Say which values there are: S, M, L.")})
    if len(wanted) > MOST_VARIANTS:
        raise InvalidFields({"attributes": _("That would be more than %(most)s variants.") % {"most": MOST_VARIANTS}})
    with transaction.atomic():
        locked = locked_product(principal, product)
        known = list(Variant.objects.filter(product=locked))
        there = {_key(one.values) for one in known}
        new = [found for found in wanted if _key(found) not in there]
        taken = {one.sku_folded for one in known}
        rows: list[dict[str, Any]] = []
        # What was one thing without variants becomes the first of them: its code and its stock stay.
        if new and len(known) == 1 and not known[0].values:
            rows.append({"id": known[0].pk, "values": new.pop(0)})
        for place, found in enumerate(new, len(known)):
            rows.append({"sku": _sku(locked.code, found, taken), "values": found, "position": place, **facts})
        write_product(principal, locked, {"attributes": list(dict.fromkeys([*locked.attributes, *names]))})
        if written := write_variants(principal, locked, rows):
            touch(locked)
            tell_of(principal, locked.pk, written)
    return locked, len(rows)


def copied_variants(product: Product, code: str) -> list[dict[str, Any]]:
    """The variants of a product for a copy of it, with codes that begin with the copy's."""
    taken: set[str] = set()
    return [
        {
            "sku": _sku(code, one.values, taken) if one.values else _free(code, taken),
            "values": one.values,
            "price": one.price,
            "cost": one.cost,
            "currency": one.currency,
            "weight": one.weight,
            "position": one.position,
            "active": one.active,
        }
        for one in product.variants.all()
    ]


def _key(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((fold(name), fold(value)) for name, value in values.items()))


def _sku(code: str, values: Mapping[str, str], taken: set[str]) -> str:
    """The product's code and the beginnings of the values: GIACCA-M-BLU."""
    parts = ["".join(letter for letter in fold(value) if letter.isalnum())[:8].upper() for value in values.values()]
    return _free("-".join([code, *(part for part in parts if part)])[:56], taken)


def _free(sku: str, taken: set[str]) -> str:
    """The code, or with a number where it is taken."""
    for number in range(1, 10_000):
        found = sku if number == 1 else f"{sku}-{number}"
        if folded_sku(found) not in taken and not Variant.objects.filter(sku_folded=folded_sku(found)).exists():
            taken.add(folded_sku(found))
            return found
    raise InvalidFields({"sku": _("Give each variant a code (SKU).")})
