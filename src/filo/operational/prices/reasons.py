"""Why a price is what it is, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.amounts import day_words, money_words, number_words

OF = {
    "variant": gettext_lazy("of this variant"),
    "product": gettext_lazy("of the product"),
    "category": gettext_lazy("of its category"),
    "line": gettext_lazy("of its product line"),
    "all": gettext_lazy("of everything"),
}
LOST = {
    "list": gettext_lazy("a price list says otherwise"),
    "more-special-list": gettext_lazy("a more special list wins"),
    "priority": gettext_lazy("a list with a higher priority wins"),
    "own-currency": gettext_lazy("a list in the currency asked for wins"),
    "cheaper": gettext_lazy("a list of the same right is cheaper"),
    "more-special-rule": gettext_lazy("a more special line of the same list wins"),
    "higher-tier": gettext_lazy("a higher tier was reached"),
    "no-base": gettext_lazy("the article has no base price"),
    "no-cost": gettext_lazy("the cost of the article is not known"),
    "hand": gettext_lazy("the price was set by hand"),
    "list-stands-alone": gettext_lazy("the price list lets no discount come on top"),
    "alone": gettext_lazy("another discount wants to be alone"),
    "takes-less": gettext_lazy("the other discounts together take off more"),
}


@dataclass(frozen=True)
class Said:
    """One reason in words; `why`: why it did not win."""

    kind: str
    title: str
    what: str
    won: bool
    why: str = ""


def in_words(reason: Any) -> Said:
    """A reason, as the engine gives it or as a document keeps it."""
    facts = reason if isinstance(reason, Mapping) else {name: getattr(reason, name) for name in _NAMES}
    did = facts.get("did") or {}
    return Said(
        facts["kind"],
        _title(facts),
        _what(facts["kind"], did),
        facts.get("won", True),
        _why(facts.get("lost", ""), did),
    )


_NAMES = ("kind", "code", "name", "did", "won", "lost")


def _title(facts: Mapping[str, Any]) -> str:
    kinds = {
        "base": _("Base price"),
        "hand": _("By hand"),
        "rate": _("Exchange rate"),
        "coupon": _("Coupon %(code)s") % {"code": facts.get("code", "")},
    }
    return kinds.get(facts["kind"]) or facts.get("name") or facts.get("code", "")


def _what(kind: str, did: Mapping[str, str]) -> str:
    parts = []
    if kind == "rate":
        return _("1 EUR = %(rate)s, since %(day)s") % {"rate": number_words(Decimal(did["rate"])), "day": _day(did)}
    if "price" in did:
        parts.append(money_words(Decimal(did["price"]), did.get("currency", "EUR")))
    if "gross" in did:
        parts.append(_("VAT included"))
    if "percent" in did:
        parts.append("+".join(f"-{number_words(Decimal(step))}%" for step in did["percent"].split("+")))
    if "markup" in did:
        parts.append(_("cost +%(percent)s%%") % {"percent": number_words(Decimal(did["markup"]))})
    if "amount" in did:
        parts.append(f"-{money_words(Decimal(did['amount']))}")
    if did.get("of"):
        parts.append(str(OF.get(did["of"], "")))
    if did.get("from") and kind == "list":
        parts.append(_("from %(quantity)s on") % {"quantity": number_words(Decimal(did["from"]))})
    return ", ".join(part for part in parts if part)


def _why(lost: str, did: Mapping[str, str]) -> str:
    if not lost:
        return ""
    if lost == "not-yet":
        return _("it does not hold before %(day)s") % {"day": _day(did)}
    if lost == "over":
        return _("it held until %(day)s") % {"day": _day(did)}
    if lost == "from-quantity":
        return _("only from %(quantity)s pieces on") % {"quantity": number_words(Decimal(did.get("from", "1")))}
    if lost == "min-total":
        return _("only from a total of %(total)s on") % {"total": money_words(Decimal(did["total"]))}
    return str(LOST.get(lost, lost))


def _day(did: Mapping[str, str]) -> str:
    return day_words(date.fromisoformat(did["day"])) if "day" in did else ""
