"""One line of a basket, priced, with the reasons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.queries.words import variant_words
from filo.operational.prices.asking import PricedLine, Reason, Situation, Wanted
from filo.operational.prices.cascade import discounts_of
from filo.operational.prices.exchange import EURO, Rates
from filo.operational.prices.facts import Choice
from filo.operational.prices.queries.shelf import Shelf
from filo.operational.prices.sums import amount_of, read_discounts, written_discounts


@dataclass(frozen=True, slots=True)
class Found:
    """What was found for a line before discounts."""

    wanted: Wanted
    variant: Variant
    choice: Choice
    unit_price: Decimal


def priced_line(found: Found, shelf: Shelf, rates: Rates, situation: Situation, total: Decimal | None) -> PricedLine:
    """The line with its discounts, its amount and its reasons."""
    wanted, variant, product = found.wanted, found.variant, found.variant.product
    discounts, reasons = _discounted(found, shelf, situation, total)
    reasons = [*_by_hand(wanted), *_price_reasons(found, rates, situation), *reasons]
    name, told = product.name_in(situation.language), variant_words(variant, situation.language)
    line = PricedLine(
        variant_id=variant.pk,
        code=variant.sku,
        description=f"{name}, {told}" if told else name,
        quantity=wanted.quantity,
        unit=product.unit,
        unit_price=found.unit_price,
        discounts=discounts,
        vat_rate=product.vat.rate,
        nature=product.vat.nature,
        amount=ZERO,
        cost=variant.cost,
        reasons=tuple(reasons),
    )
    return replace(line, amount=amount_of(line, situation.currency))


def _discounted(found: Found, shelf: Shelf, situation: Situation, total: Decimal | None) -> tuple[str, list[Reason]]:
    winner = found.choice.winner
    cascade = winner is None or winner.list.cascade
    keys = shelf.goods[found.variant.pk].keys
    steps, reasons = discounts_of(shelf.discounts, keys, found.wanted.quantity, total, situation.day, cascade=cascade)
    if found.wanted.unit_price is None and found.wanted.discounts is None:
        return written_discounts(steps), reasons
    beaten = [replace(one, won=False, lost="hand") if one.won else one for one in reasons]
    return written_discounts(read_discounts(found.wanted.discounts or "")), beaten


def _by_hand(wanted: Wanted) -> list[Reason]:
    reasons = []
    if wanted.unit_price is not None:
        reasons.append(Reason("hand", "", "", {"price": f"{wanted.unit_price:f}"}))
    if wanted.discounts is not None:
        written = written_discounts(read_discounts(wanted.discounts))
        reasons.append(Reason("hand", "", "", {"percent": written or "0"}))
    return reasons


def _price_reasons(found: Found, rates: Rates, situation: Situation) -> list[Reason]:
    if found.wanted.unit_price is not None:
        return [replace(one, won=False, lost="hand") if one.won else one for one in found.choice.reasons]
    exact, reasons = found.choice.exact, list(found.choice.reasons)
    if exact is not None and exact.currency != situation.currency:
        for currency in sorted({exact.currency, situation.currency} - {EURO}):
            rate = rates.known[currency]
            reasons.append(Reason("rate", currency, "", _rate_did(rate.value, rate.since.isoformat())))
    return reasons


def _rate_did(value: Decimal, since: str) -> dict[str, str]:
    return {"rate": f"{value.normalize():f}", "day": since}
