"""From what is sent about products and stock to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import ProductLine, SellingCompany
from filo.operational.catalogue.api.shapes import VariantBody
from filo.operational.catalogue.models import (
    Catalogue,
    Product,
    ProductImage,
    ProductText,
    StockMove,
    StockPlace,
    VatClass,
)
from filo.operational.catalogue.queries.kept import seen_catalogue
from filo.operational.catalogue.queries.page import seen_product
from filo.operational.catalogue.queries.shapes import plain_amount, shapes_of
from filo.operational.catalogue.queries.wordings import texts_of
from filo.operational.catalogue.services.products import set_product_text
from filo.operational.catalogue.services.wordings import set_catalogue_text


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


def refuse_unknown(names: set[str]) -> None:
    """A form knows no fields but its own either. Raises `InvalidFields`."""
    if names:
        raise InvalidFields({name[:60]: _("There is no such field.") for name in sorted(names)[:20]})


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


def moved(row: StockMove) -> dict[str, Any]:
    """A line of the journal, as it is answered."""
    return {
        "id": row.pk,
        "at": row.at,
        "variant": row.variant_id,
        "sku": row.variant.sku,
        "place": row.place.code,
        "quantity": plain_amount(row.quantity),
        "left": plain_amount(row.left),
        "reason": row.reason,
        "note": row.note,
        "actor": row.actor_id,
    }


def with_company(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent, with the id of the company in place of its code. Raises `InvalidFields`."""
    facts = {name: value for name, value in sent.items() if name not in ("company", "texts")}
    if "company" in sent:
        found = company(sent["company"])
        facts["company_id"] = found.pk if found else None
    return facts


def place_facts(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent of a stock place, with its company in place of the code. Raises `InvalidFields`."""
    return sent | {"company": company(sent["company"])} if "company" in sent else sent


def company(code: str | None) -> SellingCompany | None:
    """The selling company with a code. Raises `InvalidFields`."""
    found = SellingCompany.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise InvalidFields({"company": _("There is nothing with the code “%(code)s”.") % {"code": code}})
    return found


def one_catalogue(principal: Principal, catalogue_id: UUID) -> dict[str, Any]:
    """A catalogue, whole, as it is answered. Raises `NotFound`."""
    found = seen_catalogue(principal, catalogue_id)
    return catalogue(found, texts_of(found))


def texts_told(texts: Mapping[str, tuple[str, str]]) -> dict[str, dict[str, str]]:
    """Names and descriptions by language, as they are answered."""
    return {language: {"name": name, "description": said} for language, (name, said) in sorted(texts.items())}


def catalogue_texts(principal: Principal, found: Catalogue, texts: Mapping[Any, Mapping[Any, str]]) -> None:
    """Keep what a catalogue is called in other languages."""
    for language, text in texts.items():
        set_catalogue_text(principal, found, language, name=text.get("name"), description=text.get("description"))


def catalogue(found: Catalogue, texts: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """A catalogue, as it is answered."""
    plain = ("id", "code", "name", "description", "everybody", "valid_from", "valid_to", "published", "version")
    return {name: getattr(found, name) for name in plain} | {
        "company": found.company.code if found.company else None,
        "texts": texts_told(texts),
        "chosen_by": found.chosen_by.get("query", ""),
        "for_whom": found.for_whom.get("query", ""),
    }


def held(one: Any) -> dict[str, Any]:
    """A product of a catalogue, as it is answered."""
    return {"product": one.pk, "code": one.code, "name": str(one), "by_hand": one.by_hand, "shown": one.shown}


def image(one: ProductImage) -> dict[str, Any]:
    """A picture, as it is answered."""
    return {
        "id": one.pk,
        "words": one.words,
        "position": one.position,
        "media_type": one.file.media_type,
        "size": one.file.size,
        "file": f"/api/v1/products/{one.product_id}/images/{one.pk}/file",
    }


def vat(one: VatClass) -> dict[str, Any]:
    """A VAT class, as it is answered."""
    plain = ("id", "code", "name", "nature", "law", "position", "active", "version")
    return {name: getattr(one, name) for name in plain} | {"rate": plain_amount(one.rate)}


def place(one: StockPlace) -> dict[str, Any]:
    """A stock place, as it is answered."""
    plain = ("id", "code", "name", "position", "active", "version")
    return {name: getattr(one, name) for name in plain} | {"company": one.company.code if one.company else None}
