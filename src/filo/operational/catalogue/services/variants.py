"""Variants of a product: typed one by one, changed as a table, or made from sizes and colours in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product as every_combination
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.errors import InvalidFields
from filo.foundation.folding import fold
from filo.operational.catalogue.drafts import MOST_VARIANTS, clean_attributes, clean_values, clean_variant
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.catalogue.services.changing import (
    codes_kept,
    locked_product,
    sku_taken,
    tell_of,
    touch,
    write_product,
)

Rows = Sequence[Mapping[str, Any]]


def save_variants(principal: Principal, product: Product, rows: Rows, *, version: int | None = None) -> Product:
    """Write rows of the table of variants: those with an `id` (or a code of this product) change, others are new.

    All of them or none. Raises `Forbidden`, `Stale`, `InvalidFields` with the fields named `ROW.FIELD`.
    """
    with transaction.atomic():
        locked = locked_product(principal, product, version=version)
        if names := write_variants(principal, locked, rows):
            touch(locked)
            tell_of(principal, locked.pk, names)
    return locked


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


def write_variants(principal: Principal, locked: Product, rows: Rows) -> list[str]:
    """Write rows of a locked product, with audit; gives the names of the fields that changed."""
    known = {one.pk: one for one in Variant.objects.filter(product=locked)}
    by_sku = {one.sku_folded: one for one in known.values()}
    problems: dict[str, Any] = {}
    changed: dict[UUID, tuple[Variant, dict[str, Any], bool]] = {}
    skus: set[str] = set()
    for number, row in enumerate(rows):
        facts = {name: value for name, value in row.items() if name != "id"}
        try:
            clean = clean_variant(facts)
        except InvalidFields as error:
            problems |= {f"{number}.{name}": sentences for name, sentences in error.fields.items()}
            continue
        one = known.get(row["id"]) if row.get("id") else by_sku.get(folded_sku(clean.get("sku", "")))
        is_new = one is None
        one = one or Variant(product=locked, position=len(known) + number)
        if (sentence := _sku_problem(one, clean, skus, is_new=is_new)) is not None:
            problems[f"{number}.sku"] = sentence
            continue
        changes = _differing(one, clean, is_new=is_new)
        if changes:
            changed[one.pk] = (one, changes, is_new)
    if problems:
        raise InvalidFields(problems)
    if len(known) + sum(is_new for _one, _changes, is_new in changed.values()) > MOST_VARIANTS:
        raise InvalidFields({"variants": _("That would be more than %(most)s variants.") % {"most": MOST_VARIANTS}})
    _keep(principal, list(changed.values()))
    return sorted({name for _one, changes, _new in changed.values() for name in changes})


def _sku_problem(one: Variant, clean: Mapping[str, Any], skus: set[str], *, is_new: bool) -> str | None:
    sku = clean.get("sku", one.sku)
    if not sku:
        return _("Give each variant a code (SKU).")
    if folded_sku(sku) in skus:
        return _("The code %(code)s stands here twice.") % {"code": sku}
    skus.add(folded_sku(sku))
    if is_new or folded_sku(sku) != one.sku_folded:
        return sku_taken(sku, one.pk) or None
    return None


def _differing(one: Variant, clean: Mapping[str, Any], *, is_new: bool) -> dict[str, tuple[Any, Any]]:
    """What changes; it is set on the row at once."""
    found = {}
    for name, value in clean.items():
        before = None if is_new else getattr(one, name)
        if before != value:
            found[name] = (before, value)
            setattr(one, name, value)
    one.sku_folded = folded_sku(one.sku)
    return found


def _keep(principal: Principal, changed: Sequence[tuple[Variant, dict[str, Any], bool]]) -> None:
    """Rows and audit of all of them."""
    new = [one for one, _changes, is_new in changed if is_new]
    old = [one for one, _changes, is_new in changed if not is_new]
    with codes_kept(lambda: {"sku": next((said for one in new if (said := sku_taken(one.sku))), "")}):
        Variant.objects.bulk_create(new)
        for one in old:
            one.version += 1
            one.save()
    for action, is_new_one in (("variant.create", True), ("variant.edit", False)):
        found = [Change("variant", one.pk, changes) for one, changes, is_new in changed if is_new == is_new_one]
        record_many(principal, action, found)
