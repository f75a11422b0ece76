"""A basket that was priced, as it is answered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from filo.operational.prices.asking import Priced, PricedLine
from filo.operational.prices.reasons import in_words


def basket(priced: Priced) -> dict[str, Any]:
    """What was priced, as it is answered."""

    def money(amount: Decimal) -> dict[str, str]:
        return {"amount": f"{amount:f}", "currency": priced.currency}

    return {
        "gross": priced.gross,
        "lines": [line(one, money) for one in priced.lines],
        "net": money(priced.totals.net),
        "vat": money(priced.totals.vat),
        "total": money(priced.totals.total),
        "coupons": [{"code": one.code, "off": money(one.off), "refused": one.refused} for one in priced.coupons],
    }


def line(priced: PricedLine, money: Any) -> dict[str, Any]:
    """A line, as it is answered."""
    reasons = []
    for one in priced.reasons:
        words = in_words(one)
        told = {"kind": one.kind, "code": one.code, "title": words.title, "what": words.what}
        reasons.append({**told, "won": one.won, "lost": one.lost, "why": words.why})
    return {
        "sku": priced.code,
        "description": priced.description,
        "quantity": f"{priced.quantity.normalize():f}",
        "unit": priced.unit,
        "unit_price": money(priced.unit_price),
        "discounts": priced.discounts,
        "off": money(priced.off),
        "vat_rate": f"{priced.vat_rate.normalize():f}",
        "nature": priced.nature,
        "amount": money(priced.amount),
        "reasons": reasons,
    }
