"""From what is sent about price lists to what verbs take, and from rows to what is answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.parties.models import Party
from filo.operational.prices.api.shapes import (
    RuleBody,
)
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.queries.tables import lists_seen, seen_list
from filo.operational.prices.services.lists import RuleRow


def variants(principal: Principal, skus: Sequence[str]) -> dict[str, Variant]:
    """Variants, as verbs take them."""
    rows = Variant.objects.filter(sku_folded__in={folded_sku(sku) for sku in skus})
    known = {one.sku_folded: one for one in rows.filter(product__in=Product.objects.visible_to(principal))}
    lacking = {f"lines.{place}": sku for place, sku in enumerate(skus) if folded_sku(sku) not in known}
    if lacking:
        sentence = _("There is no article with the code “%(sku)s”.")
        raise InvalidFields({name: sentence % {"sku": sku} for name, sku in lacking.items()})
    return known


def facts(principal: Principal, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, with rows in place of codes."""
    facts = dict(sent)
    for name, model in (("company", SellingCompany), ("channel", Channel), ("area", Area)):
        if name in facts:
            facts[name] = coded(model.objects, name, facts[name])
    if "party" in facts:
        facts["party"] = party(principal, facts["party"])
    if "currency" in facts:
        facts["currency"] = facts["currency"].upper()
    if "customer_class" in facts:
        facts["customer_class"] = facts["customer_class"].strip().casefold()
    return facts


def coded(rows: Any, name: str, code: str) -> Any:
    """One of the rows by its code. Raises `InvalidFields`."""
    if not code:
        return None
    found = rows.filter(code=code).first()
    if found is None:
        raise InvalidFields({name: _("There is none with this code.")})
    return found


def party(principal: Principal, party_id: UUID | None) -> Party | None:
    """The customer that was named, if the caller sees him. Raises `InvalidFields`."""
    if party_id is None:
        return None
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def rows(principal: Principal, rules: Sequence[RuleBody]) -> list[RuleRow]:
    """Lines with ids in place of codes, each kind looked up at once."""
    variants = by(Variant.objects, "sku_folded", [folded_sku(one.sku) for one in rules if one.sku])
    products = by(
        Product.objects.visible_to(principal).filter(deleted_at=None),
        "code",
        [one.product for one in rules if one.product],
    )
    lines = by(ProductLine.objects, "code", [one.product_line for one in rules if one.product_line])
    rows, wrong = [], {}
    for place, one in enumerate(rules):
        named = [bool(part) for part in (one.sku, one.product, one.category, one.product_line)]
        found = {
            "variant_id": variants.get(folded_sku(one.sku)) if one.sku else None,
            "product_id": products.get(one.product) if one.product else None,
            "line_id": lines.get(one.product_line) if one.product_line else None,
        }
        if sum(named) > 1:
            wrong[f"rules.{place}"] = _("Name one of sku, product, category and product line.")
        elif sum(named) and not one.category and not any(found.values()):
            wrong[f"rules.{place}"] = _("There is none with this code.")
        rows.append(
            RuleRow(
                one.value,
                one.min_quantity,
                one.means,
                category=one.category,
                valid_from=one.valid_from,
                valid_to=one.valid_to,
                **found,
            )
        )
    if wrong:
        raise InvalidFields(wrong)
    return rows


def by(rows: Any, column: str, values: list[str]) -> dict[str, UUID]:
    """Rows by their key."""
    return dict(rows.filter(**{f"{column}__in": set(values)}).values_list(column, "pk")) if values else {}


def one(principal: Principal, list_id: UUID) -> dict[str, Any]:
    """One of them, whole, as it is answered."""
    return shape(lists_seen(principal).get(pk=seen_list(principal, list_id).pk))


def shape(found: PriceList) -> dict[str, Any]:
    """As it is answered."""
    plain = (
        *("id", "code", "name", "currency", "gross", "cascade", "active", "customer_class", "valid_from", "valid_to"),
        *("priority", "version", "lines"),
    )
    parts = {name: getattr(found, name) for name in ("company", "channel", "area")}
    codes = {name: part.code if part else "" for name, part in parts.items()}
    return {name: getattr(found, name) for name in plain} | codes | {"party": found.party_id}


def rule(found: PriceRule) -> dict[str, Any]:
    """A line of a list, as it is answered."""
    return {
        "id": found.id,
        "sku": found.variant.sku if found.variant else "",
        "product": found.product.code if found.product else "",
        "category": found.category,
        "product_line": found.line.code if found.line else "",
        "min_quantity": f"{found.min_quantity.normalize():f}",
        "means": found.means,
        "value": f"{found.value.normalize():f}",
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
    }
