"""A product is begun as a copy of another."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.operational.catalogue.models import Product, ProductImage, ProductRelation, ProductText
from filo.operational.catalogue.services.findable import keep_findable
from filo.operational.catalogue.services.grids import copied_variants
from filo.operational.catalogue.services.products import create_product

_COPIED = (
    *("name", "description", "brand", "category", "company_id", "line_id", "vat_id", "unit", "condition"),
    *("attributes", "facts", "stocked", "low_at", "reserved", "visible_from", "visible_until"),
)


def duplicate_product(principal: Principal, product: Product) -> Product:
    """The same once more, as a draft with codes of its own; stock and history stay with the first."""
    principal.require("product", "create")
    code = _free_code(product.code)
    facts = {name: getattr(product, name) for name in _COPIED} | {"code": code, "status": "draft"}
    facts["name"] = _("%(name)s (copy)") % {"name": product.name[:180]}
    with transaction.atomic():
        copy = create_product(principal, facts, variants=copied_variants(product, code))
        ProductText.objects.bulk_create(
            ProductText(product=copy, language=one.language, name=one.name, description=one.description)
            for one in product.texts.all()
        )
        ProductImage.objects.bulk_create(
            ProductImage(product=copy, file_id=one.file_id, words=one.words, position=one.position)
            for one in product.images.all()
        )
        ProductRelation.objects.bulk_create(
            ProductRelation(product=copy, other_id=one.other_id, kind=one.kind, position=one.position)
            for one in product.relations.all()
        )
        keep_findable([copy.pk])
    return copy


def _free_code(code: str) -> str:
    stem = code[:50]
    taken = {
        found.casefold() for found in Product.objects.filter(code__istartswith=stem).values_list("code", flat=True)
    }
    return next(f"{stem}-{number}" for number in range(2, 10_000) if f"{stem}-{number}".casefold() not in taken)
