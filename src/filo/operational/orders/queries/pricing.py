"""What lines of an order cost by the price engine, and what they come to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone

from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.ids import uuid7
from filo.foundation.money import ZERO, cents
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.finding import draft_of, lines_of
from filo.operational.prices.asking import CouponSaid, Priced, PricedLine, Situation, Wanted
from filo.operational.prices.queries.engine import price
from filo.operational.prices.queries.situations import situation_of as situation_of_party
from filo.operational.prices.sums import amount_of, totals_of


def situation_of(order: Order) -> Situation:
    """Who buys, from which company, where and when. A confirmed order keeps the coupons that were used for it, and the
    others that it names are asked of the day on which it was confirmed.
    """
    known = situation_of_party(
        order.party_id,
        order.company_id,
        currency=order.currency,
        gross=order.gross,
        language=order.language,
        coupons=tuple(order.coupons),
        channel_id=order.channel_id,
    )
    known = replace(known, area_id=order.area_id or known.area_id)
    if order.state == "draft" or order.confirmed_at is None:
        return known
    return replace(known, used_for=order.pk, coupons_on=timezone.localdate(order.confirmed_at))


def priced_lines(order: Order, drafts: Sequence[LineDraft]) -> tuple[list[OrderLine], Sequence[CouponSaid]]:
    """Unsaved lines with their prices, in order, and what became of coupons. Raises `InvalidFields` by `lines.N`."""
    places = [place for place, draft in enumerate(drafts) if draft.variant_id is not None]
    answer = _ask(order, drafts, places) if places else None
    told = dict(zip(places, answer.lines, strict=True)) if answer else {}
    lines = [_line(order, place, draft, told.get(place)) for place, draft in enumerate(drafts)]
    return lines, answer.coupons if answer else ()


def coupons_said(order: Order) -> Sequence[CouponSaid]:
    """What becomes of the coupons that a draft names, as things stand."""
    if order.state != "draft" or not order.coupons:
        return ()
    try:
        return priced_lines(order, [draft_of(line) for line in lines_of(order)])[1]
    except InvalidFields:  # an article that is not sold any more: its line says so when it is written
        return ()


def _ask(order: Order, drafts: Sequence[LineDraft], places: Sequence[int]) -> Priced:
    wanted = [
        Wanted(draft.variant_id, draft.quantity, draft.unit_price, draft.discounts)
        for draft in (drafts[place] for place in places)
        if draft.variant_id is not None
    ]
    try:
        return price(situation_of(order), wanted)
    except InvalidFields as error:
        raise InvalidFields(_by_place(error, places)) from None


def _by_place(error: InvalidFields, places: Sequence[int]) -> dict[str, Sentence | list[Sentence]]:
    """The engine counts the lines that it was given; the document counts all."""
    found: dict[str, Sentence | list[Sentence]] = {}
    for name, sentences in error.fields.items():
        head, _dot, place = name.partition(".")
        found[f"lines.{places[int(place)]}.description" if head == "lines" and place.isdigit() else name] = sentences
    return found


def _line(order: Order, place: int, draft: LineDraft, told: PricedLine | None) -> OrderLine:
    line = OrderLine(
        id=draft.id or uuid7(),
        order_id=order.pk,
        position=place,
        variant_id=draft.variant_id,
        place_id=draft.place_id,
        code=told.code if told else draft.code,
        description=draft.description or (told.description if told else ""),
        quantity=draft.quantity,
        unit=told.unit if told else draft.unit,
        unit_price=told.unit_price if told else (draft.unit_price or ZERO),
        discounts=told.discounts if told else (draft.discounts or ""),
        off=told.off if told else ZERO,
        vat_rate=told.vat_rate if told else draft.vat_rate,
        nature=told.nature if told else draft.nature,
        cost=told.cost if told else None,
        reasons=told.told if told else [],
        by_hand=told is not None and (draft.unit_price is not None or draft.discounts is not None),
    )
    line.amount = amount_of(line, order.currency)
    return line


def sums_of(lines: Sequence[OrderLine], *, gross: bool, currency: str) -> dict[str, Decimal | None]:
    """What lines come to, by the names of the order's columns; the cost is None where one is not known."""
    totals = totals_of(lines, gross=gross, currency=currency)
    known = bool(lines) and all(line.cost is not None for line in lines)
    cost = cents(sum(((line.cost or ZERO) * line.quantity for line in lines), ZERO), currency) if known else None
    return {"net": totals.net, "vat": totals.vat, "total": totals.total, "cost": cost}


def sum_up(order: Order, lines: Sequence[OrderLine]) -> dict[str, tuple[Any, Any]]:
    """Write the sums on the order; gives what changed."""
    sums = sums_of(lines, gross=order.gross, currency=order.currency)
    changes = {name: (getattr(order, name), value) for name, value in sums.items() if getattr(order, name) != value}
    for name, (_before, value) in changes.items():
        setattr(order, name, value)
    return changes
