"""How acts on products and their words are taken back: each field as it was, where nobody has changed it since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from filo.foundation.access.principal import Principal
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.services import plain
from filo.foundation.audit.undoable import PutBack, Values, still_there, undo_with
from filo.foundation.errors import NotFound
from filo.operational.catalogue.drafts import DAYS, KEYS
from filo.operational.catalogue.models import Product, ProductText, Variant, Wording
from filo.operational.catalogue.queries.kept import seen_catalogue
from filo.operational.catalogue.queries.wordings import key_of
from filo.operational.catalogue.services.changing import locked_product
from filo.operational.catalogue.services.products import (
    change_product,
    delete_product,
    restore_product,
    set_product_text,
)
from filo.operational.catalogue.services.variants import save_variants
from filo.operational.catalogue.services.wordings import Said, set_catalogue_text, set_words

TOLD = ("name_", "description_")


def register_undo() -> None:
    """Called once, when the program starts."""
    undo_with("product", "product.edit", _put_back)
    undo_with("product", "product.translate", _words_as_before)
    undo_with("product", "product.create", _into_the_bin)
    undo_with("product", "product.delete", _out_of_the_bin)
    undo_with("product", "product.restore", _into_the_bin)
    undo_with("wording", "wording.edit", _said_as_before)
    undo_with("catalogue", "catalogue.translate", _catalogue_as_before)
    undo_with("variant", "variant.edit", _variant_as_before)
    undo_with("variant", "variant.create", _variant_out_of_use)


def _product(principal: Principal, product_id: UUID) -> Product:
    rows = Product.objects.visible_to(principal) | Product.objects.in_the_bin(principal)
    found = rows.filter(pk=product_id).first()
    if found is None:
        raise NotFound
    return found


def _put_back(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    product = _product(principal, entry.object_id)
    free, since = still_there(values, plain({name: getattr(product, name) for name in values}))
    if free:
        change_product(principal, product, {name: _typed(name, value) for name, value in free.items()})
    return PutBack(free, since)


def _typed(name: str, value: Any) -> Any:
    if value in (None, ""):
        return value
    if name in DAYS:
        return date.fromisoformat(value)
    if name in ("price", "cost", "weight"):
        return Decimal(value)
    return UUID(value) if name in KEYS else value


def _words_as_before(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    product = _product(principal, entry.object_id)
    taken: list[str] = []
    since: list[str] = []
    for language in sorted({name.rpartition("_")[2] for name in values}):
        text = ProductText.objects.filter(product=product, language=language).first()
        now = {
            f"name_{language}": text.name if text else "",
            f"description_{language}": text.description if text else "",
        }
        free, changed = still_there({name: pair for name, pair in values.items() if name in now}, now)
        if free:
            said = now | free
            set_product_text(
                principal,
                product,
                language,
                name=said[f"name_{language}"],
                description=said[f"description_{language}"],
            )
        taken, since = [*taken, *free], [*since, *changed]
    return PutBack(taken, since)


def _said_as_before(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    row, said = Wording.objects.filter(pk=entry.object_id).first(), entry.changes
    if row is None and "kind" not in said:  # an old entry, of a word that says nothing any more
        raise NotFound
    kind, word = said["kind"][1] if row is None else row.kind, said["word"][1]
    told = {name: pair for name, pair in values.items() if name.startswith(TOLD)}
    language = next((name.rpartition("_")[2] for name in told), "")
    rows = Wording.objects.filter(kind=kind, key=key_of(word), language=language)
    free, since = still_there(told, _now_said(rows.first(), language))
    if free:
        set_words(principal, [Said(kind, word, language, **_parts(free))])
    return PutBack(free, since)


def _catalogue_as_before(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    catalogue = seen_catalogue(principal, entry.object_id)
    taken: list[str] = []
    since: list[str] = []
    for language in sorted({name.rpartition("_")[2] for name in values}):
        told = {name: pair for name, pair in values.items() if name.endswith(f"_{language}")}
        rows = Wording.objects.filter(kind="catalogue", key=str(catalogue.pk), language=language)
        free, changed = still_there(told, _now_said(rows.first(), language))
        if free:
            set_catalogue_text(principal, catalogue, language, **_parts(free))
        taken, since = [*taken, *free], [*since, *changed]
    return PutBack(taken, since)


def _now_said(row: Wording | None, language: str) -> dict[str, str]:
    return {f"{name}_{language}": getattr(row, name) if row else "" for name in ("name", "description")}


def _parts(free: Mapping[str, Any]) -> dict[str, Any]:
    """`name_en` and `description_en` as verbs call them."""
    return {name.rpartition("_")[0]: value for name, value in free.items()}


def _into_the_bin(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    delete_product(principal, _product(principal, entry.object_id))
    return PutBack(values)


def _out_of_the_bin(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    restore_product(principal, _product(principal, entry.object_id))
    return PutBack(values)


def _variant_as_before(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    variant = Variant.objects.select_related("product").filter(pk=entry.object_id).first()
    if variant is None:
        raise NotFound
    product = _product(principal, variant.product_id)
    free, since = still_there(values, plain({name: getattr(variant, name) for name in values}))
    if free:
        facts = {name: _typed(name, value) for name, value in free.items()}
        save_variants(principal, product, [{"id": variant.pk, "sku": variant.sku, **facts}])
    return PutBack(free, since)


def _variant_out_of_use(principal: Principal, entry: AuditEntry, values: Values) -> PutBack:
    """A variant that was made stays as a code that is no longer sold: something may stand on it already."""
    with transaction.atomic():
        variant = Variant.objects.select_related("product").filter(pk=entry.object_id).first()
        if variant is None:
            return PutBack(values)
        product = _product(principal, variant.product_id)
        if product.deleted_at is None:
            locked_product(principal, product)
            save_variants(principal, product, [{"id": variant.pk, "active": False}])
    return PutBack(values)
