"""Products as objects of JSON: ours, those of Shopify, WooCommerce and what is like them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Object = dict[str, Any]
_LISTS = ("products", "items", "data", "results")
_NAMES = frozenset(("name", "title", "product_name", "nome"))
_OF_GOODS = frozenset(("sku", "price", "regular_price", "base_price", "variants", "prezzo"))
_CODES = ("barcode", "ean", "gtin", "upc")
_CALLED = ("name", "title", "label", "value", "src", "url")
_PICTURES, _LIES = frozenset(("images", "image", "pictures", "media", "photos")), ("src", "url", "original", "href")
# What variants are called with: their own word before the same word of the product.
_OF_VARIANT = {
    "sku": "variant sku",
    "barcode": "variant barcode",
    "price": "variant price",
    "grams": "variant grams",
    "inventory_quantity": "variant inventory qty",
    "stock_quantity": "stock quantity",
    "cost": "cost",
}


def listed(found: Any) -> list[Object]:
    """The objects of a file: the list that it is, or the one that it holds under the name that says most."""
    if isinstance(found, dict):
        lists = {name: value for name, value in found.items() if isinstance(value, list)}
        found = next((lists[name] for name in _LISTS if name in lists), next(iter(lists.values()), []))
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def are_products(things: Sequence[Object]) -> bool:
    """Whether these are goods: they have a name, and a code or a price; or fixtures with products among them."""
    if not things:
        return False
    if "model" in things[0] and "fields" in things[0]:
        return any(str(one.get("model", "")).startswith("product.") for one in things)
    names = {name.lower() for name in things[0]}
    return bool(names & _NAMES and names & _OF_GOODS)


def rows_of_object(one: Object) -> Iterator[dict[str, str]]:
    """A row for each variant of a product, or one for what has none."""
    variants = one.get("variants")
    if not isinstance(variants, list) or not all(isinstance(variant, dict) for variant in variants) or not variants:
        yield _plain(one)
    elif "code" in one and isinstance(variants[0].get("price"), dict | None):
        yield from _of_ours(one, variants)
    else:
        yield from _of_a_shop(one, variants)


def _of_ours(one: Object, variants: Sequence[Object]) -> Iterator[dict[str, str]]:
    """As our API and our export show it."""
    plain = ("name", "description", "brand", "category", "company", "unit", "condition", "status", "low_at")
    texts = one.get("texts") or {}
    same = {name: said(one.get(name)) for name in plain} | {
        "product code": said(one.get("code")),
        "vat": said(one.get("vat")),
        "product line": said(one.get("line")),
        "name en": said((texts.get("en") or {}).get("name")),
        "description en": said((texts.get("en") or {}).get("description")),
    }
    for variant in variants:
        values = variant.get("values") or {}
        yield same | {
            "sku": said(variant.get("sku")),
            "barcode": said(variant.get("barcode")),
            "base price": said((variant.get("price") or {}).get("amount")),
            "cost": said((variant.get("cost") or {}).get("amount")),
            "in stock": said(variant.get("on_hand")),
            "weight": said(variant.get("weight")),
            "attributes": "; ".join(f"{name}: {value}" for name, value in values.items()),
        }


def _of_a_shop(one: Object, variants: Sequence[Object]) -> Iterator[dict[str, str]]:
    """As Shopify has it: options of the product by number, their values with each variant."""
    same = _plain({name: value for name, value in one.items() if name not in ("variants", "options", "id")})
    options = [option.get("name", "") for option in one.get("options") or () if isinstance(option, dict)]
    for variant in variants:
        row = dict(same)
        for name, column in _OF_VARIANT.items():
            if name in variant:
                row.pop(name, None)
                row |= _cell(column, variant[name])
        for number, option in enumerate(options, 1):
            row[f"option{number} name"] = said(option)
            row[f"option{number} value"] = said(variant.get(f"option{number}"))
        yield row


def _plain(one: Object) -> dict[str, str]:
    """Each value by its name; of lists what their parts are called, of a price with its currency both."""
    found: dict[str, str] = {}
    for name, value in one.items():
        found |= _cell(name, value)
    for value in one.values():
        if isinstance(value, dict):
            found |= {code: said(value[code]) for code in _CODES if code in value and not found.get(code)}
    return found


def _cell(name: str, value: Any) -> dict[str, str]:
    if name.lower() in _PICTURES and isinstance(value, list | Mapping):
        return {name: ", ".join(_addresses(value))}
    if isinstance(value, Mapping):
        amount = value.get("amount", value.get("value"))
        currency = value.get("currency", value.get("currency_code", value.get("currencyCode")))
        if amount is not None and isinstance(currency, str):
            return {name: said(amount), "currency": currency}
        return {name: _called(value)}
    if isinstance(value, list):
        return {name: ", ".join(filter(None, (_called(part) for part in value)))}
    return {name: said(value)}


def _addresses(value: Any) -> Iterator[str]:
    """Those of pictures."""
    for part in value if isinstance(value, list) else [value]:
        found = part if isinstance(part, str) else next((part[name] for name in _LIES if part.get(name)), "")
        if isinstance(found, str) and found:
            yield found


def _called(part: Any) -> str:
    """What a part is called; "" for one that has no name."""
    if not isinstance(part, Mapping):
        return said(part)
    return next((said(part[name]) for name in _CALLED if isinstance(part.get(name), str)), "")


def said(value: Any) -> str:
    """A value as a cell says it."""
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
