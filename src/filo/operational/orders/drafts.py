"""Lines and facts of an order as they are typed, made clean for form, API and paste alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from filo.foundation.amounts import number_words
from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.folding import clean_line, clean_text
from filo.foundation.money import CURRENCIES
from filo.operational.orders.states import SOURCES
from filo.operational.prices.sums import HUNDRED, read_discounts, written_discounts

MOST_LINES = 500
MOST_QUANTITY, MOST_PRICE = Decimal(10_000_000), Decimal(100_000_000)
TEXTS = {"payment_terms": 300, "reference": 80}
LONG_TEXTS = ("notes", "internal_note")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as it is wanted. unit_price, discounts: None where the price engine is to say; without a `variant_id` a
    line has its own words, price and VAT.
    """

    id: UUID | None = None
    variant_id: UUID | None = None
    place_id: UUID | None = None
    code: str = ""
    description: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = ""
    unit_price: Decimal | None = None
    discounts: str | None = None
    vat_rate: Decimal = Decimal(22)
    nature: str = ""


def clean_lines(lines: Sequence[LineDraft]) -> list[LineDraft]:
    """The same, clean. Raises `InvalidFields` by `lines.N.FIELD`."""
    if len(lines) > MOST_LINES:
        raise InvalidFields({"lines": _("An order has at most %(n)s lines.") % {"n": MOST_LINES}})
    problems: dict[str, Sentence | list[Sentence]] = {}
    for place, line in enumerate(lines):
        for name, sentence in _problems(line).items():
            problems[f"lines.{place}.{name}"] = sentence
    if problems:
        raise InvalidFields(problems)
    return [_clean(line) for line in lines]


def _problems(line: LineDraft) -> dict[str, str]:
    checks = {
        "description": "" if line.variant_id or line.description.strip() else _("Say what it is."),
        "quantity": _quantity(line.quantity),
        "unit_price": _price(line),
        "vat_rate": _vat(line),
        "discounts": "",
    }
    try:
        read_discounts(line.discounts or "")
    except ValueError:
        checks["discounts"] = _("Write discounts as 10 or 10+5, each between 0 and 100.")
    return {name: sentence for name, sentence in checks.items() if sentence}


def _quantity(quantity: Decimal) -> str:
    if not quantity.is_finite() or quantity <= 0:
        return _("Say how many: a quantity greater than zero.")
    if quantity > MOST_QUANTITY:
        return _("The most that one line takes is %(most)s.") % {"most": number_words(MOST_QUANTITY)}
    if quantity != quantity.quantize(Decimal("0.001")):
        return _("A quantity has at most three decimals.")
    return ""


def _price(line: LineDraft) -> str:
    price = line.unit_price
    if price is None:
        return "" if line.variant_id else _("No article has this code: choose one, or say what it costs.")
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
    return replace(
        line,
        code=clean_line(line.code, max_length=60),
        description=clean_line(line.description, max_length=1000),
        unit=clean_line(line.unit, max_length=10),
        discounts="" if line.unit_price is not None and discounts is None else discounts,
        nature=line.nature[:4],
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


def _day(_name: str, value: Any) -> date | None:
    if value is None or value == "":
        return None
    if not (isinstance(value, date) and 1990 <= value.year <= 2200):
        raise ValueError(_("Choose the day by which it shall arrive."))
    return value


def _currency(_name: str, value: Any) -> str:
    if value not in CURRENCIES:
        raise ValueError(_("Choose a currency, such as EUR."))
    return str(value)


def _source(_name: str, value: Any) -> str:
    if value not in dict(SOURCES):
        raise ValueError(_("Choose one of: %(names)s.") % {"names": ", ".join(code for code, _l in SOURCES)})
    return str(value)


def _mail(_name: str, value: Any) -> str:
    address = clean_line(str(value or ""), max_length=320)
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise ValueError(_("This is not an e-mail address.")) from None
    return address


def _coupons(_name: str, value: Any) -> list[str]:
    codes = value.split() if isinstance(value, str) else list(value or ())
    return list(dict.fromkeys(clean_line(str(code), max_length=40).upper() for code in codes if str(code).strip()))[:10]


def _lines(_name: str, value: Any) -> list[str]:
    rows = value.splitlines() if isinstance(value, str) else list(value or ())
    return [told for told in (clean_line(str(row), max_length=200) for row in rows) if told][:8]


_CLEAN: dict[str, Callable[[str, Any], Any]] = {
    **dict.fromkeys(TEXTS, lambda name, value: clean_line(str(value or ""), max_length=TEXTS[name])),
    **dict.fromkeys(LONG_TEXTS, lambda _name, value: clean_text(str(value or ""), max_length=20_000)),
    **dict.fromkeys(("bill_party_id", "ship_party_id", "owner_id"), lambda _name, value: value or None),
    **dict.fromkeys(("bill_to", "ship_to"), _lines),
    "promised_date": _day,
    "currency": _currency,
    "source": _source,
    "mail_to": _mail,
    "coupons": _coupons,
    "language": lambda _name, value: "en" if value == "en" else "it",
    "gross": lambda _name, value: bool(value),
}
FACTS = frozenset(_CLEAN)
