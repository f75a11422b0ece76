"""A quote is begun and written: its lines are priced by the engine, but for what is typed by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.operational.parties.models import TimelineEntry
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.models import Quote, QuoteLine
from filo.operational.quotes.queries.finding import draft_lines, lines_of, lines_taken
from filo.operational.quotes.services import copy_quote, draft_quote, write_lines
from filo.operational.quotes.tests.desk import Desk

pytestmark = pytest.mark.django_db


def test_a_draft_has_prices_sums_and_no_number(desk: Desk) -> None:
    quote = desk.draft(desk.line("shirt", "2"), desk.line("book", "3"))
    assert (quote.state, quote.number, quote.name) == ("draft", None, "bozza")
    assert (quote.net, quote.vat, quote.total) == (Decimal("130.00"), Decimal("23.20"), Decimal("153.20"))
    assert quote.cost == Decimal("58.00")
    assert quote.owner_id == desk.world.people["agent"].id
    assert quote.unit_id == desk.world.units["nord"].id
    assert [line.description for line in lines_of(quote)] == ["Camicia", "Libro"]


def test_it_is_told_on_the_card_and_to_whoever_waits_for_events(desk: Desk) -> None:
    quote = desk.draft()
    assert TimelineEntry.objects.filter(reference_id=quote.id, kind="quote.drafted").count() == 1
    assert OutboxEvent.objects.filter(type="quote.drafted", subject=quote.id).count() == 1


def test_what_is_typed_by_hand_stands_and_says_how_far_it_is_below(desk: Desk) -> None:
    quote = desk.draft(
        desk.line("shirt", unit_price=Decimal("45")),
        desk.line("scarf", discounts="10+5"),
    )
    shirt, scarf = lines_of(quote)
    assert (shirt.unit_price, shirt.price_by_hand, shirt.usual) == (Decimal("45"), True, Decimal("50"))
    assert (scarf.discounts, scarf.amount) == ("10+5", Decimal("11.11"))
    assert quote.off == Decimal("14.50")


def test_an_optional_line_counts_only_when_it_is_chosen(desk: Desk) -> None:
    quote = desk.draft(desk.line("shirt"), desk.line("book", optional=True))
    assert quote.net == Decimal("50.00")
    assert [line.code for line in lines_taken(quote)] == ["SHIRT"]


def test_a_heading_and_a_line_typed_freely_need_no_article(desk: Desk) -> None:
    quote = desk.draft(
        LineDraft(heading=True, description="Posa in opera"),
        LineDraft(description="Montaggio", quantity=Decimal("1.5"), unit="h", unit_price=Decimal("40")),
    )
    assert quote.net == Decimal("60.00")
    assert [line.heading for line in lines_of(quote)] == [True, False]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"quantity": Decimal("-1")}, "lines.0.quantity"),
        ({"quantity": Decimal("0")}, "lines.0.quantity"),
        ({"quantity": Decimal("1.2345")}, "lines.0.quantity"),
        ({"quantity": Decimal("NaN")}, "lines.0.quantity"),
        ({"unit_price": Decimal("-0.01")}, "lines.0.unit_price"),
        ({"discounts": "10-5"}, "lines.0.discounts"),
        ({"discounts": "120"}, "lines.0.discounts"),
        ({"description": " "}, "lines.0.description"),
        ({"vat_rate": Decimal("101")}, "lines.0.vat_rate"),
        ({"vat_rate": Decimal("0")}, "lines.0.vat_rate"),
    ],
)
def test_what_cannot_be_is_refused_at_its_place(desk: Desk, facts: dict[str, object], field: str) -> None:
    good: dict[str, object] = {"description": "Montaggio", "unit_price": Decimal("40")}
    with pytest.raises(InvalidFields) as refused:
        desk.draft(LineDraft(**(good | facts)))  # type: ignore[arg-type]
    assert list(refused.value.fields) == [field]
    assert not Quote.objects.exists()


def test_lines_that_stay_are_not_written_again(desk: Desk) -> None:
    quote = desk.draft(desk.line("shirt"), desk.line("scarf"))
    first, second = draft_lines(quote)
    saved = write_lines(desk.principal(), quote, [second, first, desk.line("book")], version=1)
    assert saved.version == 2
    assert [line.code for line in lines_of(saved)] == ["SCARF", "SHIRT", "BOOK"]
    assert [line.pk for line in lines_of(saved)][:2] == [second.id, first.id]
    assert write_lines(desk.principal(), saved, draft_lines(saved), version=2).version == 2


def test_whoever_saves_second_is_told_so(desk: Desk) -> None:
    quote = desk.draft()
    write_lines(desk.principal(), quote, [desk.line("book")], version=1)
    with pytest.raises(Stale):
        write_lines(desk.principal(), quote, [desk.line("scarf")], version=1)
    assert [line.code for line in lines_of(quote)] == ["BOOK"]


def test_a_line_of_another_quote_is_not_taken_away_from_it(desk: Desk) -> None:
    theirs, mine = desk.draft(desk.line("book")), desk.draft(desk.line("shirt"))
    taken = lines_of(theirs)[0].pk
    write_lines(desk.principal(), mine, [desk.line("scarf", id=taken)])
    assert [line.code for line in lines_of(theirs)] == ["BOOK"]
    assert QuoteLine.objects.get(pk=taken).quote_id == theirs.pk


def test_what_was_sent_is_not_changed_any_more(desk: Desk) -> None:
    quote = desk.sent()
    with pytest.raises(DomainError) as refused:
        write_lines(desk.principal(), quote, [desk.line("book")])
    assert refused.value.code == "quote-sent"


def test_a_copy_is_a_draft_of_its_own(desk: Desk) -> None:
    quote = desk.sent(desk.line("shirt", discounts="5"), title="Campioni")
    copy = copy_quote(desk.principal(), quote, party=desk.world.parties["shared"])
    assert (copy.title, copy.number, copy.state, copy.party_id) == (
        "Campioni",
        None,
        "draft",
        desk.world.parties["shared"].id,
    )
    assert [line.discounts for line in lines_of(copy)] == ["5"]


def test_a_teammate_does_not_see_it_and_a_researcher_makes_none(desk: Desk) -> None:
    quote = desk.draft()
    assert not Quote.objects.visible_to(desk.principal("teammate")).filter(pk=quote.pk).exists()
    assert Quote.objects.visible_to(desk.principal("manager")).filter(pk=quote.pk).exists()
    with pytest.raises(Forbidden):
        draft_quote(desk.principal("researcher"), party=desk.world.parties["own"])
