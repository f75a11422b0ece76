"""Products come into the catalogue, are changed, retired, thrown away and taken out of the bin again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.events.services import announce
from filo.foundation.folding import clean_line, clean_text, fold
from filo.operational.catalogue.drafts import LONGEST, clean_product
from filo.operational.catalogue.events import ProductCreated, ProductDeleted, ProductRestored
from filo.operational.catalogue.models import Product, ProductText, Reservation, VatClass
from filo.operational.catalogue.services.changing import (
    code_taken,
    codes_kept,
    locked_product,
    tell_of,
    touch,
    write_product,
)
from filo.operational.catalogue.services.findable import keep_findable
from filo.operational.catalogue.services.variants import write_variants


def create_product(
    principal: Principal, facts: Mapping[str, Any], *, variants: Sequence[Mapping[str, Any]] = ()
) -> Product:
    """A new product; without variants it has one, with the product's code. Raises `Forbidden`, `InvalidFields`.

    A product without a VAT class gets the first one, without a code that of its first variant.
    """
    principal.require("product", "create")
    wanted = dict(facts)
    if not wanted.get("code"):
        wanted["code"] = variants[0].get("sku", "") if variants else ""
    if not wanted.get("vat_id"):
        usual = VatClass.objects.filter(active=True).first()
        if usual is None:
            raise InvalidFields({"vat_id": _("There is no VAT class yet: make one in the settings.")})
        wanted["vat_id"] = usual.pk
    clean = clean_product({"name": "", **wanted})
    _may_keep(principal, clean)
    if sentence := code_taken(clean["code"]):
        raise InvalidFields({"code": sentence})
    moment = clock.now()
    with transaction.atomic():
        product = Product(**clean, folded=fold(clean["name"])[:260], created_at=moment, updated_at=moment)
        with codes_kept(lambda: {"code": code_taken(product.code)}):
            product.save(force_insert=True)
        changes = {name: (None, value) for name, value in clean.items() if value not in ("", None, [], {})}
        record(principal, "product.create", kind="product", object_id=product.pk, changes=changes)
        write_variants(principal, product, variants or [{"sku": product.code}])
        keep_findable([product.pk])
        announce(principal, ProductCreated(product=product.pk))
    return product


def _may_keep(principal: Principal, clean: Mapping[str, Any]) -> None:
    """A product of a company is made by whoever works in it."""
    company = clean.get("company_id")
    if company and principal.company_ids is not None and company not in principal.company_ids:
        raise Forbidden


def change_product(
    principal: Principal, product: Product, facts: Mapping[str, Any], *, version: int | None = None
) -> Product:
    """Change facts of a product. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    clean = clean_product(facts)
    with transaction.atomic():
        locked = locked_product(principal, product, version=version)
        _may_keep(principal, clean)
        write_product(principal, locked, clean)
    return locked


def set_product_text(
    principal: Principal,
    product: Product,
    language: str,
    *,
    name: str,
    description: str = "",
    version: int | None = None,
) -> Product:
    """Its name and description in another language; no name takes them away. Raises `Forbidden`, `Stale`."""
    name, description = clean_line(name, max_length=200), clean_text(description, max_length=LONGEST)
    with transaction.atomic():
        locked = locked_product(principal, product, version=version)
        known = ProductText.objects.filter(product=locked, language=language).first()
        before = (known.name, known.description) if known else ("", "")
        if before == (name, description):
            return locked
        if not name:
            ProductText.objects.filter(product=locked, language=language).delete()
        else:
            ProductText.objects.update_or_create(
                product=locked, language=language, defaults={"name": name, "description": description}
            )
        touch(locked)
        changes = {f"name_{language}": (before[0], name), f"description_{language}": (before[1], description)}
        differing = {field: pair for field, pair in changes.items() if pair[0] != pair[1]}
        record(principal, "product.translate", kind="product", object_id=locked.pk, changes=differing)
        tell_of(principal, locked.pk, sorted(differing))
    return locked


def delete_product(principal: Principal, product: Product) -> Product:
    """Into the bin; its codes stay its own, so that it can come back. Raises `Forbidden`, `DomainError`."""
    principal.require("product", "delete")
    with transaction.atomic():
        locked = locked_product(principal, product)
        if locked.deleted_at is not None:
            return locked
        if Reservation.objects.filter(variant__product=locked).exists():
            raise DomainError(_("Some of it is promised to orders: ship or release that first."), code="promised")
        locked.deleted_at = clock.now()
        touch(locked)
        changes = {"deleted_at": (None, locked.deleted_at)}
        record(principal, "product.delete", kind="product", object_id=locked.pk, changes=changes)
        keep_findable([locked.pk])
        announce(principal, ProductDeleted(product=locked.pk))
    return locked


def restore_product(principal: Principal, product: Product) -> Product:
    """Out of the bin. Raises `Forbidden`."""
    principal.require("product", "delete")
    with transaction.atomic():
        locked = locked_product(principal, product)
        if locked.deleted_at is None:
            return locked
        changes = {"deleted_at": (locked.deleted_at, None)}
        locked.deleted_at = None
        touch(locked)
        record(principal, "product.restore", kind="product", object_id=locked.pk, changes=changes)
        keep_findable([locked.pk])
        announce(principal, ProductRestored(product=locked.pk))
    return locked
