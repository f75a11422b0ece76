"""Price lists, and what a basket costs, at the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.organisation.models import Area, Channel, ProductLine, SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.catalogue.models import Product, Variant
from filo.operational.catalogue.queries.searching import folded_sku
from filo.operational.parties.models import Party
from filo.operational.prices.asking import Priced, PricedLine, Wanted
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.queries.engine import price
from filo.operational.prices.queries.situations import situation_of
from filo.operational.prices.queries.tables import lists_seen, seen_list
from filo.operational.prices.reasons import in_words
from filo.operational.prices.services.lists import RuleRow, save_list, write_rules
from filo.operational.prices.shapes import (
    BasketBody,
    BasketShape,
    PriceListBody,
    PriceListChange,
    PriceListList,
    PriceListShape,
    RuleBody,
    RuleList,
    RulesBody,
    RulesWritten,
)

router = Router(tags=["price-lists"])
SORTS = {"name": (Key("name"), Key("id"))}
RULE_SORTS = {"id": (Key("id"),)}


@router.get("/price-lists", response=PriceListList, summary="List price lists")
def list_price_lists(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The lists one sees. Orders: name."""
    principal = require(request, "price", "view")
    page, count = listed(principal, lists_seen(principal, asked.q).order_by(), asked, sorts=SORTS)
    return list_answer([_shape(one) for one in page.rows], page.next, count)


@router.post("/price-lists", response={201: PriceListShape}, summary="Make a price list", openapi_extra=VERSIONED)
def add_price_list(request: ApiRequest, body: PriceListBody) -> HttpResponse:
    """One more list."""
    principal = require(request, "price", "create")
    found = save_list(principal, None, _facts(principal, body.model_dump()))
    headers = {"Location": f"/api/v1/price-lists/{found.id}"}
    return versioned(request, _one(principal, found.id), status=201, headers=headers)


@router.get(
    "/price-lists/{uuid:list_id}", response=PriceListShape, summary="Read a price list", openapi_extra=VERSIONED
)
def get_price_list(request: ApiRequest, list_id: UUID) -> HttpResponse:
    """One list."""
    return versioned(request, _one(require(request, "price", "view"), list_id))


@router.patch(
    "/price-lists/{uuid:list_id}", response=PriceListShape, summary="Change a price list", openapi_extra=VERSIONED
)
def patch_price_list(request: ApiRequest, list_id: UUID, body: PriceListChange) -> HttpResponse:
    """For whom it is and when it holds."""
    principal = require(request, "price", "edit")
    found, sent = seen_list(principal, list_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        save_list(principal, found, _facts(principal, sent), version=version)
    except Stale as error:
        raise stale(_one(principal, list_id), sent, error) from None
    return versioned(request, _one(principal, list_id))


@router.get("/price-lists/{uuid:list_id}/rules", response=RuleList, summary="Read the lines of a price list")
def list_price_rules(request: ApiRequest, list_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """What it says about articles."""
    principal = require(request, "price", "view")
    rows = PriceRule.objects.filter(list=seen_list(principal, list_id))
    found = rows.select_related("variant", "product", "line").order_by()
    page, count = listed(principal, found, ListParams(limit=asked.limit, cursor=asked.cursor), sorts=RULE_SORTS)
    return list_answer([_rule(one) for one in page.rows], page.next, count)


@router.post("/price-lists/{uuid:list_id}/rules", response=RulesWritten, summary="Write lines of a price list")
def write_price_rules(request: ApiRequest, list_id: UUID, body: RulesBody) -> dict[str, int]:
    """All of them or none; the same again changes nothing."""
    principal = require(request, "price", "edit")
    return {"changed": write_rules(principal, seen_list(principal, list_id), _rows(principal, body.rules))}


@router.post("/prices", response=BasketShape, summary="Price a basket")
def price_basket(request: ApiRequest, body: BasketBody) -> dict[str, Any]:
    """What it costs and why, line by line."""
    principal = require(request, "price", "view")
    party = _party(principal, body.party)
    company, channel = _coded(SellingCompany, "company", body.company), _coded(Channel, "channel", body.channel)
    situation = situation_of(
        party.id if party else None,
        company.pk if company else None,
        day=body.day,
        currency=body.currency.upper(),
        gross=body.gross,
        coupons=tuple(body.coupons),
        channel_id=channel.pk if channel else None,
    )
    known = _variants(principal, [line.sku for line in body.lines])
    wanted = [
        Wanted(known[folded_sku(line.sku)].pk, line.quantity, line.unit_price, line.discounts) for line in body.lines
    ]
    return _basket(price(situation, wanted))


def _variants(principal: Principal, skus: Sequence[str]) -> dict[str, Variant]:
    rows = Variant.objects.filter(sku_folded__in={folded_sku(sku) for sku in skus})
    known = {one.sku_folded: one for one in rows.filter(product__in=Product.objects.visible_to(principal))}
    lacking = {f"lines.{place}": sku for place, sku in enumerate(skus) if folded_sku(sku) not in known}
    if lacking:
        sentence = _("There is no article with the code “%(sku)s”.")
        raise InvalidFields({name: sentence % {"sku": sku} for name, sku in lacking.items()})
    return known


def _facts(principal: Principal, sent: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, with rows in place of codes."""
    facts = dict(sent)
    for name, model in (("company", SellingCompany), ("channel", Channel), ("area", Area)):
        if name in facts:
            facts[name] = _coded(model, name, facts[name])
    if "party" in facts:
        facts["party"] = _party(principal, facts["party"])
    if "currency" in facts:
        facts["currency"] = facts["currency"].upper()
    if "customer_class" in facts:
        facts["customer_class"] = facts["customer_class"].strip().casefold()
    if facts.get("name") == "":
        raise InvalidFields({"name": _("Say what it is called.")})
    return facts


def _coded(model: Any, name: str, code: str) -> Any:
    if not code:
        return None
    found = model.objects.filter(code=code).first()
    if found is None:
        raise InvalidFields({name: _("There is none with this code.")})
    return found


def _party(principal: Principal, party_id: UUID | None) -> Party | None:
    if party_id is None:
        return None
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def _rows(principal: Principal, rules: Sequence[RuleBody]) -> list[RuleRow]:
    """Lines with ids in place of codes, each kind looked up at once."""
    variants = _by(Variant.objects, "sku_folded", [folded_sku(one.sku) for one in rules if one.sku])
    products = _by(
        Product.objects.visible_to(principal).filter(deleted_at=None),
        "code",
        [one.product for one in rules if one.product],
    )
    lines = _by(ProductLine.objects, "code", [one.product_line for one in rules if one.product_line])
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


def _by(rows: Any, column: str, values: list[str]) -> dict[str, UUID]:
    return dict(rows.filter(**{f"{column}__in": set(values)}).values_list(column, "pk")) if values else {}


def _one(principal: Principal, list_id: UUID) -> dict[str, Any]:
    return _shape(lists_seen(principal).get(pk=seen_list(principal, list_id).pk))


def _shape(found: PriceList) -> dict[str, Any]:
    plain = (
        *("id", "code", "name", "currency", "gross", "cascade", "active", "customer_class", "valid_from", "valid_to"),
        *("priority", "version", "lines"),
    )
    parts = {name: getattr(found, name) for name in ("company", "channel", "area")}
    codes = {name: part.code if part else "" for name, part in parts.items()}
    return {name: getattr(found, name) for name in plain} | codes | {"party": found.party_id}


def _rule(found: PriceRule) -> dict[str, Any]:
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


def _basket(priced: Priced) -> dict[str, Any]:
    def money(amount: Decimal) -> dict[str, str]:
        return {"amount": f"{amount:f}", "currency": priced.currency}

    return {
        "gross": priced.gross,
        "lines": [_line(line, money) for line in priced.lines],
        "net": money(priced.totals.net),
        "vat": money(priced.totals.vat),
        "total": money(priced.totals.total),
        "coupons": [{"code": one.code, "off": money(one.off), "refused": one.refused} for one in priced.coupons],
    }


def _line(line: PricedLine, money: Any) -> dict[str, Any]:
    reasons = []
    for one in line.reasons:
        words = in_words(one)
        told = {"kind": one.kind, "code": one.code, "title": words.title, "what": words.what}
        reasons.append({**told, "won": one.won, "lost": one.lost, "why": words.why})
    return {
        "sku": line.code,
        "description": line.description,
        "quantity": f"{line.quantity.normalize():f}",
        "unit": line.unit,
        "unit_price": money(line.unit_price),
        "discounts": line.discounts,
        "off": money(line.off),
        "vat_rate": f"{line.vat_rate.normalize():f}",
        "nature": line.nature,
        "amount": money(line.amount),
        "reasons": reasons,
    }
