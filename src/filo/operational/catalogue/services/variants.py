"""Variants of a product: typed one by one, or changed as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.drafts import MOST_VARIANTS, clean_variant
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.catalogue.services.changing import (
    codes_kept,
    locked_product,
    sku_taken,
    skus_taken,
    tell_of,
    touch,
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


def write_variants(principal: Principal, locked: Product, rows: Rows) -> list[str]:
    """Write rows of a locked product, with audit; gives the names of the fields that changed."""
    known = {one.pk: one for one in Variant.objects.filter(product=locked)}
    by_sku = {one.sku_folded: one for one in known.values()}
    problems: dict[str, Any] = {}
    changed: dict[UUID, tuple[Variant, dict[str, Any], bool]] = {}
    skus: set[str] = set()
    elsewhere = skus_taken({str(row.get("sku") or "") for row in rows})
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
        if (sentence := _sku_problem(one, clean, skus, elsewhere, is_new=is_new)) is not None:
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


def _sku_problem(
    one: Variant,
    clean: Mapping[str, Any],
    skus: set[str],
    elsewhere: Mapping[str, tuple[UUID, str]],
    *,
    is_new: bool,
) -> str | None:
    sku = clean.get("sku", one.sku)
    if not sku:
        return _("Give each variant a code (SKU).")
    if folded_sku(sku) in skus:
        return _("The code %(code)s stands here twice.") % {"code": sku}
    skus.add(folded_sku(sku))
    if is_new or folded_sku(sku) != one.sku_folded:
        whose, sentence = elsewhere.get(folded_sku(sku), (one.pk, ""))
        return sentence if whose != one.pk else None
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
