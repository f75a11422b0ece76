"""From what is sent about products and stock to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.operational.catalogue.api.shapes import (
    VariantBody,
)
from filo.operational.catalogue.models import Product, ProductText, VatClass
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.shapes import plain_amount, shapes_of
from filo.operational.catalogue.services.products import (
    set_product_text,
)


def facts(sent: dict[str, Any]) -> dict[str, Any]:
    """As the verbs take them: codes become ids."""
    facts = {name: value for name, value in sent.items() if name not in ("variants", "texts", "company", "line", "vat")}
    models: tuple[tuple[str, Any], ...] = (("company", SellingCompany), ("line", ProductLine), ("vat", VatClass))
    for name, model in models:
        if name not in sent:
            continue
        code = sent[name]
        found = model.objects.filter(code=code).first() if code else None
        if code and found is None:
            raise InvalidFields({name: _("There is nothing with the code “%(code)s”.") % {"code": code}})
        if found is not None or name != "vat":
            facts[f"{name}_id"] = found.pk if found else None
    return facts


def variants(bodies: Sequence[VariantBody]) -> list[dict[str, Any]]:
    """Variants, as verbs take them."""
    return [variant(body) for body in bodies]


def variant(body: VariantBody) -> dict[str, Any]:
    """A variant, as verbs take it."""
    sent = body.sent()
    row = {name: value for name, value in sent.items() if name not in ("price", "cost")}
    for name in ("price", "cost"):
        if name in sent:
            money = getattr(body, name)
            row[name] = money.amount if money else None
            if money:
                row["currency"] = money.currency
    return row


def texts(principal: Principal, product: Product, texts: dict[str, dict[str, str]]) -> None:
    """Keep the texts in another language."""
    for language, text in texts.items():
        known = ProductText.objects.filter(product=product, language=language).first()
        name = text.get("name", known.name if known else "")
        description = text.get("description", known.description if known else "")
        set_product_text(principal, product, language, name=name, description=description)


def one(principal: Principal, product_id: UUID) -> dict[str, Any]:
    """One of them, whole, as it is answered."""
    return shapes_of(principal, [seen_product(principal, product_id)])[0]


def stock(row: Any) -> dict[str, Any]:
    """What lies where, as it is answered."""
    return {
        "variant": row.variant_id,
        "sku": row.variant.sku,
        "place": row.place.code,
        "on_hand": plain_amount(row.on_hand),
        "reserved": plain_amount(row.reserved),
        "free": plain_amount(row.on_hand - row.reserved),
        "as_of": row.as_of,
    }
