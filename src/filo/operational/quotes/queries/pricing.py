"""What lines cost by the price engine, and how far what was typed by hand is below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from filo.foundation.errors import InvalidFields, Sentence
from filo.foundation.ids import uuid7
from filo.foundation.money import ZERO
from filo.operational.prices.asking import PricedLine, Situation, Wanted
from filo.operational.prices.queries.engine import price
from filo.operational.prices.queries.situations import situation_of as situation_of_party
from filo.operational.prices.sums import amount_of, left_of, read_discounts
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote, QuoteLine


def situation_of(quote: Quote) -> Situation:
    """Who buys, from which company, where and when."""
    known = situation_of_party(
        quote.party_id,
        quote.company_id,
        currency=quote.currency,
        gross=quote.gross,
        language=quote.language,
        channel_id=quote.channel_id,
    )
    return replace(known, area_id=quote.area_id or known.area_id)


def priced_lines(quote: Quote, drafts: Sequence[LineDraft]) -> list[QuoteLine]:
    """Unsaved lines with their prices, in order. Raises `InvalidFields` by `lines.N`."""
    situation = situation_of(quote)
    told = _told_by_engine(situation, drafts)
    usual = _usual(situation, drafts, told)
    return [
        _line(quote, place, draft, told.get(place), usual.get(place), situation) for place, draft in enumerate(drafts)
    ]


def _told_by_engine(situation: Situation, drafts: Sequence[LineDraft]) -> dict[int, PricedLine]:
    places = [place for place, draft in enumerate(drafts) if draft.variant_id is not None]
    return _ask(situation, drafts, places, by_hand=True)


def _usual(situation: Situation, drafts: Sequence[LineDraft], told: dict[int, PricedLine]) -> dict[int, Decimal]:
    """What one unit costs by the engine alone, where it has a price of its own."""
    found = {}
    hand = []
    for place, line in told.items():
        if drafts[place].unit_price is None and drafts[place].discounts is None:
            found[place] = _after(line)
        else:
            hand.append(place)
    try:
        found |= {place: _after(line) for place, line in _ask(situation, drafts, hand, by_hand=False).items()}
    except InvalidFields:
        for place in hand:
            try:
                found |= {at: _after(line) for at, line in _ask(situation, drafts, [place], by_hand=False).items()}
            except InvalidFields:
                continue  # it has no price of its own: what was typed is the price
    return found


def _ask(
    situation: Situation, drafts: Sequence[LineDraft], places: Sequence[int], *, by_hand: bool
) -> dict[int, PricedLine]:
    if not places:
        return {}
    wanted = [_wanted(drafts[place], by_hand=by_hand) for place in places]
    try:
        answer = price(situation, wanted)
    except InvalidFields as error:
        raise InvalidFields(_by_place(error, places)) from None
    return dict(zip(places, answer.lines, strict=True))


def _by_place(error: InvalidFields, places: Sequence[int]) -> dict[str, Sentence | list[Sentence]]:
    """The engine counts the lines that it was given; the document counts all."""
    found: dict[str, Sentence | list[Sentence]] = {}
    for name, sentences in error.fields.items():
        head, _dot, place = name.partition(".")
        found[f"lines.{places[int(place)]}.description" if head == "lines" and place.isdigit() else name] = sentences
    return found


def _wanted(draft: LineDraft, *, by_hand: bool) -> Wanted:
    if draft.variant_id is None:
        raise ValueError("what is typed freely has its own price")
    if not by_hand:
        return Wanted(draft.variant_id, draft.quantity)
    return Wanted(draft.variant_id, draft.quantity, draft.unit_price, draft.discounts)


def _after(line: PricedLine) -> Decimal:
    return line.unit_price * left_of(read_discounts(line.discounts))


def _line(
    quote: Quote, place: int, draft: LineDraft, told: PricedLine | None, usual: Decimal | None, situation: Situation
) -> QuoteLine:
    line = QuoteLine(
        id=draft.id or uuid7(),
        quote_id=quote.pk,
        position=place,
        variant_id=draft.variant_id,
        code=told.code if told else draft.code,
        description=draft.description or (told.description if told else ""),
        quantity=draft.quantity,
        unit=told.unit if told else draft.unit,
        unit_price=told.unit_price if told else (draft.unit_price or ZERO),
        discounts=told.discounts if told else (draft.discounts or ""),
        vat_rate=told.vat_rate if told else draft.vat_rate,
        nature=told.nature if told else draft.nature,
        cost=told.cost if told else None,
        reasons=told.told if told else [],
        heading=draft.heading,
        optional=draft.optional,
        price_by_hand=draft.unit_price is not None and told is not None,
        discounts_by_hand=draft.discounts is not None and told is not None,
        usual=usual.quantize(Decimal("0.000001")) if usual is not None else None,
    )
    line.amount = ZERO if line.heading else amount_of(line, situation.currency)
    return line
