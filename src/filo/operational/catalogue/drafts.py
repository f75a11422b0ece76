"""What is typed, imported or sent about products, made clean: one place for page, API and file alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.errors import InvalidFields
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.money import CURRENCIES
from filo.foundation.organisation.models import ProductLine
from filo.operational.catalogue.figures import clean_amount, clean_barcode, clean_whole
from filo.operational.catalogue.models import CONDITIONS, STATUSES, UNITS, VatClass

TEXTS = {"code": 60, "name": 200, "brand": 80, "category": 120}
CHOICES = {"unit": UNITS, "condition": CONDITIONS, "status": STATUSES}
KEYS = ("company_id", "line_id", "vat_id")
DAYS = ("visible_from", "visible_until")
PRODUCT_FACTS = (
    *TEXTS,
    "description",
    *KEYS,
    *CHOICES,
    *("attributes", "facts", "stocked", "low_at", "reserved"),
    *DAYS,
)
VARIANT_FACTS = ("sku", "barcode", "values", "price", "cost", "currency", "weight", "position", "active")
MOST_ATTRIBUTES, MOST_VARIANTS, LONGEST = 6, 1_000, 20_000
_DIGITS = {"price": 4, "cost": 4, "weight": 3}


def clean_product(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a product that are there, as they are kept. Raises `InvalidFields` with a sentence for each."""
    found: dict[str, Any] = {}
    problems: dict[str, Any] = {}
    for name, value in facts.items():
        if name not in PRODUCT_FACTS:
            raise LookupError(name)
        try:
            found[name] = _product_fact(name, value)
        except ValueError as error:
            problems[name] = str(error)
    first, last = found.get("visible_from"), found.get("visible_until")
    if first and last and last < first:
        problems["visible_until"] = _("It ends before it begins.")
    if problems:
        raise InvalidFields(problems)
    return found


def _product_fact(name: str, value: Any) -> Any:
    if name in TEXTS:
        text = clean_line(str(value or ""), max_length=TEXTS[name])
        if not text and name == "name":
            raise ValueError(_("Give the product a name."))
        if not text and name == "code":
            raise ValueError(_("Give the product a code."))
        return text
    if name in CHOICES:
        known = dict(CHOICES[name])
        if value not in known:
            raise ValueError(_("Choose one of: %(names)s.") % {"names": ", ".join(known)})
        return value
    if name in ("stocked", "reserved"):
        return bool(value)
    if name == "low_at":
        return clean_whole(value)
    if name == "description":
        return clean_text(str(value or ""), max_length=LONGEST)
    if name == "attributes":
        return clean_attributes(value)
    return clean_values(value) if name == "facts" else _key_or_day(name, value)


def _key_or_day(name: str, value: Any) -> Any:
    if name == "vat_id" and not VatClass.objects.filter(pk=value).exists():
        raise ValueError(_("Choose a VAT class."))
    if name == "line_id" and value and not ProductLine.objects.filter(pk=value).exists():
        raise ValueError(_("There is no such product line."))
    if name in KEYS:
        return UUID(str(value)) if value else None
    if value and not isinstance(value, date):
        raise ValueError(_("This is not a day."))
    return value or None


def clean_attributes(names: Any) -> list[str]:
    """The names of what variants differ by, each once, in order."""
    found = [clean_line(str(name), max_length=40) for name in names or []]
    found = list(dict.fromkeys(name for name in found if name))
    if len(found) > MOST_ATTRIBUTES:
        raise ValueError(_("A product has %(most)s attributes at most.") % {"most": MOST_ATTRIBUTES})
    return found


def clean_values(values: Any) -> dict[str, str]:
    """Attributes and their values, empty ones left out."""
    pairs = [
        (clean_line(str(name), max_length=40), clean_line(str(value), max_length=120))
        for name, value in dict(values or {}).items()
    ]
    return {name: value for name, value in pairs if name and value}


def clean_variant(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a variant that are there, as they are kept. Raises `InvalidFields`."""
    found: dict[str, Any] = {}
    problems: dict[str, Any] = {}
    for name, value in facts.items():
        if name not in VARIANT_FACTS:
            raise LookupError(name)
        try:
            found[name] = _variant_fact(name, value)
        except ValueError as error:
            problems[name] = str(error)
    if problems:
        raise InvalidFields(problems)
    return found


def _variant_fact(name: str, value: Any) -> Any:
    if name == "sku":
        text = clean_line(str(value or ""), max_length=200)
        if not text:
            raise ValueError(_("Give each variant a code (SKU)."))
        if len(text) > TEXTS["code"]:
            raise ValueError(_("A code has 60 characters at most."))
        return text
    if name == "barcode":
        return clean_barcode(str(value or ""))
    if name == "values":
        return clean_values(value)
    if name in _DIGITS:
        return clean_amount(value, digits=_DIGITS[name])
    if name == "currency" and value not in CURRENCIES:
        raise ValueError(_("There is no such currency."))
    return clean_whole(value) or 0 if name == "position" else value if name == "currency" else bool(value)
