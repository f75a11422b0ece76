"""Lines and facts of a quote as they are typed, made clean for form, API and paste alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.amounts import number_words
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.money import CURRENCIES
from filo.operational.prices.sums import HUNDRED, read_discounts, written_discounts

MOST_LINES = 500
MOST_QUANTITY, MOST_PRICE = Decimal(10_000_000), Decimal(100_000_000)
TEXTS = {"title": 200, "payment_terms": 300, "delivery_terms": 300}
LONG_TEXTS = ("notes", "internal_note")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as it is wanted. unit_price, discounts: None where the price engine is to say; typed freely, without a
    `variant_id`, a line has its own words, price and VAT.
    """

    id: UUID | None = None
    variant_id: UUID | None = None
    code: str = ""
    description: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    unit_price: Decimal | None = None
    discounts: str | None = None
    vat_rate: Decimal = Decimal(22)
    nature: str = ""
    optional: bool = False
    heading: bool = False


def clean_lines(lines: Sequence[LineDraft]) -> list[LineDraft]:
    """The same, clean. Raises `InvalidFields` by `lines.N.FIELD`."""
    if len(lines) > MOST_LINES:
        raise InvalidFields({"lines": _("A quote has at most %(n)s lines.") % {"n": MOST_LINES}})
    problems: dict[str, Sentence | list[Sentence]] = {}
    found: list[LineDraft] = []
    for place, line in enumerate(lines):
        if line.id and any(line.id == one.id for one in lines[:place]):
            problems[f"lines.{place}.id"] = _("This line is there twice.")
        for name, sentence in _problems(line).items():
            problems[f"lines.{place}.{name}"] = sentence
        if not problems:
            found.append(_clean(line))
    if problems:
        raise InvalidFields(problems)
    return found


def _problems(line: LineDraft) -> dict[str, str]:
    found = {}
    if (line.heading or line.variant_id is None) and not line.description.strip():
        found["description"] = _("Say what it is.")
    if line.heading:
        return found
    checks = {"quantity": _quantity(line), "unit_price": _price(line), "vat_rate": _vat(line)}
    try:
        read_discounts(line.discounts or "")
    except ValueError:
        checks["discounts"] = _("Write discounts as 10 or 10+5, each between 0 and 100.")
    return found | {name: sentence for name, sentence in checks.items() if sentence}


def _quantity(line: LineDraft) -> str:
    if not line.quantity.is_finite() or line.quantity <= 0:
        return _("Say how many: a quantity greater than zero.")
    if line.quantity > MOST_QUANTITY:
        return _("The most that one line takes is %(most)s.") % {"most": number_words(MOST_QUANTITY)}
    if line.quantity != line.quantity.quantize(Decimal("0.001")):
        return _("A quantity has at most three decimals.")
    return ""


def _price(line: LineDraft) -> str:
    price = line.unit_price
    if price is None:
        return _("Say what one costs.") if line.variant_id is None else ""
    if not (price.is_finite() and 0 <= price <= MOST_PRICE):
        return _("A price is a number, not less than zero.")
    return ""


def _vat(line: LineDraft) -> str:
    if not (line.vat_rate.is_finite() and 0 <= line.vat_rate <= HUNDRED):
        return _("VAT is between 0 and 100 %.")
    if line.vat_rate == 0 and not line.nature and line.variant_id is None:
        return _("Without VAT it takes a reason: choose one of the VAT classes.")
    return ""


def _clean(line: LineDraft) -> LineDraft:
    discounts = None if line.discounts is None else written_discounts(read_discounts(line.discounts))
    if line.unit_price is not None and discounts is None:
        discounts = ""
    return LineDraft(
        id=line.id,
        variant_id=None if line.heading else line.variant_id,
        code=clean_line(line.code, max_length=60),
        description=clean_line(line.description, max_length=1000),
        quantity=Decimal(0) if line.heading else line.quantity,
        unit=clean_line(line.unit, max_length=10),
        unit_price=None if line.heading else line.unit_price,
        discounts=None if line.heading else discounts,
        vat_rate=Decimal(0) if line.heading else line.vat_rate,
        nature="" if line.heading else line.nature[:4],
        optional=line.optional and not line.heading,
        heading=line.heading,
    )


def clean_facts(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The clean values of what is named in `raw`. Raises `InvalidFields`."""
    found: dict[str, Any] = {}
    problems: dict[str, Sentence | list[Sentence]] = {}
    for name, value in raw.items():
        try:
            found[name] = _CLEAN[name](name, value)
        except ValueError as error:
            problems[name.removesuffix("_id")] = str(error)
    if problems:
        raise InvalidFields(problems)
    return found


def _day(_name: str, value: Any) -> date:
    if not (isinstance(value, date) and 1990 <= value.year <= 2200):
        raise ValueError(_("Choose the last day on which it holds."))
    return value


def _currency(_name: str, value: Any) -> str:
    if value not in CURRENCIES:
        raise ValueError(_("Choose a currency, such as EUR."))
    return str(value)


_CLEAN: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(TEXTS, lambda name, value: clean_line(str(value or ""), max_length=TEXTS[name])),
    **dict.fromkeys(LONG_TEXTS, lambda _name, value: clean_text(str(value or ""), max_length=20_000)),
    **dict.fromkeys(("contact_id", "owner_id", "deal_id"), lambda _name, value: value or None),
    "valid_until": _day,
    "currency": _currency,
    "language": lambda _name, value: "en" if value == "en" else "it",
    "gross": lambda _name, value: bool(value),
}
