"""An order's life: written, confirmed, prepared, shipped in parts, delivered, returned; or called off."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError, Forbidden, InvalidFields, Stale
from filo.foundation.events.models import OutboxEvent
from filo.operational.catalogue.services.stock import OutOfStock
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order, OrderStep, Shipment
from filo.operational.orders.services import (
    arrived,
    cancel_order,
    confirm_order,
    deliver_order,
    draft_order,
    fill_order,
    not_arrived,
    prepare_order,
    reopen_order,
    return_goods,
    ship_order,
    unprepare_order,
    write_lines,
)
from filo.operational.orders.states import STATES, TRANSITIONS
from filo.operational.orders.tests.counter import COAT, JACKET, LAMP, WORK, Counter, faults
from filo.operational.parties.models import TimelineEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def test_a_draft_has_prices_and_no_number_and_promises_nothing(counter: Counter) -> None:
    order = counter.draft()
    assert (order.number, order.state, order.name) == (None, "draft", "draft order")
    assert (order.net, order.vat, order.total) == (Decimal("450.00"), Decimal("99.00"), Decimal("549.00"))
    assert order.cost == Decimal("225.00")  # half of each price
    assert counter.stock(JACKET) == (10, 0)
    assert faults() == []


def test_confirming_promises_stock_gives_a_number_and_a_day(counter: Counter) -> None:
    order = counter.confirmed()
    assert order.name.endswith("/1")
    assert order.state == "confirmed"
    assert order.promised_date is not None
    assert order.ship_to[0] == order.party.display_name
    assert (counter.stock(JACKET), counter.stock(LAMP)) == ((10, 2), (10, 1))
    assert counter.confirmed().number == 2
    assert faults() == []


def test_confirming_twice_is_told_once(counter: Counter) -> None:
    order = counter.confirmed()
    again = confirm_order(counter.principal(), order)
    assert again.version == order.version
    assert again.number == order.number
    assert OutboxEvent.objects.filter(type="order.confirmed").count() == 1
    assert TimelineEntry.objects.filter(kind="order.confirmed", party=order.party).count() == 1
    assert AuditEntry.objects.filter(action="order.confirm").count() == 1


def test_the_first_confirmed_order_makes_a_customer(counter: Counter) -> None:
    party = counter.world.parties["own"]
    order = counter.draft()
    assert order.relationship is not None
    type(order.relationship).objects.filter(pk=order.relationship.pk).update(stage="lead", customer_since=None)
    confirm_order(counter.principal(), order)
    order.relationship.refresh_from_db()
    assert order.relationship.stage == "customer"
    assert order.party == party


def test_what_is_short_is_told_and_nothing_is_promised(counter: Counter) -> None:
    order = counter.draft(counter.line(JACKET, "11"), counter.line(LAMP, "1"))
    with pytest.raises(OutOfStock) as refused:
        confirm_order(counter.principal(), order)
    assert [(lack.sku, lack.wanted, lack.free) for lack in refused.value.lacks] == [(JACKET, 11, 10)]
    again = counter.again(order)
    assert (again.state, again.number) == ("draft", None)
    assert (counter.stock(JACKET), counter.stock(LAMP)) == ((10, 0), (10, 0))


def test_it_may_wait_for_what_is_short_and_is_filled_when_it_comes(counter: Counter) -> None:
    order = confirm_order(counter.principal(), counter.draft(counter.line(JACKET, "12")), short="wait")
    assert order.waits
    assert counter.lines(order)[0].waiting == 2
    assert counter.stock(JACKET) == (10, 10)
    counter.shop.put(JACKET, "negozio", 1)
    assert fill_order(counter.principal(), order).waits
    counter.shop.put(COAT, "negozio", 5)
    assert counter.lines(order)[0].waiting == 1
    assert faults() == []


def test_it_may_take_only_what_is_there(counter: Counter) -> None:
    draft = counter.draft(counter.line(JACKET, "12"), counter.line(LAMP, "1"))
    order = confirm_order(counter.principal(), draft, short="part")
    assert [(line.code, line.quantity) for line in counter.lines(order)] == [(JACKET, 10), (LAMP, 1)]
    assert order.net == Decimal("1250.00")
    assert not order.waits
    assert faults() == []


def test_lines_of_a_confirmed_order_change_with_what_is_promised(counter: Counter) -> None:
    order = counter.confirmed()
    write_lines(counter.principal(), order, [counter.line(JACKET, "5"), counter.line(COAT, "1")])
    assert (counter.stock(JACKET), counter.stock(COAT), counter.stock(LAMP)) == ((10, 5), (10, 1), (10, 0))
    with pytest.raises(OutOfStock):
        write_lines(counter.principal(), counter.again(order), [counter.line(JACKET, "11")])
    assert counter.stock(JACKET) == (10, 5)
    assert [line.code for line in counter.lines(order)] == [JACKET, COAT]
    assert faults() == []


def test_who_saves_second_is_told(counter: Counter) -> None:
    order = counter.draft()
    write_lines(counter.principal(), order, [counter.line(JACKET, "5")], version=order.version)
    with pytest.raises(Stale):
        write_lines(counter.principal(), order, [counter.line(JACKET, "6")], version=order.version)


def test_it_leaves_in_parts(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "3"), counter.line(WORK, "1"))
    prepare_order(counter.principal(), order)
    first = counter.ship(order, {JACKET: "1"})
    assert counter.again(order).state == "part"
    assert first.name.startswith("DDT ")
    assert first.number == 1
    assert counter.stock(JACKET) == (9, 2)
    second = counter.ship(order)
    assert counter.again(order).state == "shipped"
    assert second.number == 2
    assert counter.stock(JACKET) == (7, 0)
    assert faults() == []


@pytest.mark.parametrize("number", ["0", "-1", "4", "1.0001", "NaN"])
def test_no_more_leaves_than_was_ordered(counter: Counter, number: str) -> None:
    order = counter.confirmed(counter.line(JACKET, "3"))
    with pytest.raises(InvalidFields):
        counter.ship(order, {JACKET: number})
    assert Shipment.objects.count() == 0
    assert counter.stock(JACKET) == (10, 3)


def test_two_lines_of_one_article_share_what_is_promised(counter: Counter) -> None:
    draft = counter.draft(counter.line(JACKET, "6"), counter.line(JACKET, "6"))
    order = confirm_order(counter.principal(), draft, short="wait")
    second = counter.lines(order)[1]
    assert second.waiting == 2
    ship_order(counter.principal(), order, quantities={second.pk: Decimal(6)})
    assert [line.waiting for line in counter.lines(order)] == [2, 0]
    assert faults() == []


def test_it_has_arrived_when_every_shipment_has(counter: Counter) -> None:
    order = counter.confirmed(counter.line(JACKET, "2"))
    first, second = counter.ship(order, {JACKET: "1"}), counter.ship(order)
    arrived(counter.principal(), first)
    assert counter.again(order).state == "shipped"
    arrived(counter.principal(), second)
    arrived(counter.principal(), second)
    assert counter.again(order).state == "delivered"
    assert OutboxEvent.objects.filter(type="order.delivered").count() == 2
    not_arrived(counter.principal(), second)
    assert counter.again(order).state == "shipped"
    told = TimelineEntry.objects.filter(reference_id=order.pk, kind="order.delivered")
    assert [one.data["ddt"] for one in told] == [first.name]
    assert deliver_order(counter.principal(), counter.again(order)).state == "delivered"


def test_goods_come_back_into_the_stock(counter: Counter) -> None:
    order = counter.shipped(counter.line(JACKET, "2"), counter.line(LAMP, "1"))
    rows = {line.code: line.pk for line in counter.lines(order)}
    part = return_goods(counter.principal(), order, quantities={rows[JACKET]: Decimal(1)}, reason="Taglia")
    assert part.state == "shipped"
    assert counter.stock(JACKET) == (9, 0)
    with pytest.raises(InvalidFields):
        return_goods(counter.principal(), order, quantities={rows[JACKET]: Decimal(2)})
    whole = return_goods(counter.principal(), order, restock=False)
    assert whole.state == "returned"
    assert (counter.stock(JACKET), counter.stock(LAMP)) == ((9, 0), (9, 0))
    assert faults() == []


def test_calling_it_off_frees_the_stock_and_the_number_stays(counter: Counter) -> None:
    order = counter.confirmed()
    off = cancel_order(counter.principal(), order, reason="Ha cambiato idea")
    assert off.state == "cancelled"
    assert counter.stock(JACKET) == (10, 0)
    assert cancel_order(counter.principal(), order).version == off.version
    draft = reopen_order(counter.principal(), order)
    assert draft.state == "draft"
    assert draft.number == order.number
    assert confirm_order(counter.principal(), draft).number == order.number
    assert faults() == []


def test_what_has_left_is_not_called_off(counter: Counter) -> None:
    order = counter.shipped()
    for verb in (cancel_order, reopen_order, unprepare_order, prepare_order):
        with pytest.raises(DomainError) as refused:
            verb(counter.principal(), order)
        assert refused.value.code == "order-transition"


def test_every_step_is_one_that_the_table_allows(counter: Counter) -> None:
    order = counter.confirmed()
    prepare_order(counter.principal(), order)
    unprepare_order(counter.principal(), order)
    counter.ship(order)
    steps = OrderStep.objects.filter(order=order).order_by("id").values_list("before", "after")
    assert list(steps) == [
        ("", "draft"),
        ("draft", "confirmed"),
        ("confirmed", "prepared"),
        ("prepared", "confirmed"),
        ("confirmed", "shipped"),
    ]
    codes = {code for code, _label in STATES}
    assert set(TRANSITIONS) == codes
    assert set().union(*TRANSITIONS.values()) <= codes


def test_the_same_key_gives_the_same_order(counter: Counter) -> None:
    party, lines = counter.world.parties["own"], [counter.line()]
    first = draft_order(counter.principal(), party=party, lines=lines, key="abc")
    assert draft_order(counter.principal(), party=party, lines=lines, key="abc").pk == first.pk
    assert Order.objects.count() == 1
    with pytest.raises(Forbidden):
        draft_order(counter.principal("boss"), party=party, lines=lines, key="abc")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (LineDraft(description="Cosa", unit_price=Decimal(1), quantity=Decimal(-1)), "lines.0.quantity"),
        (LineDraft(description="Cosa", unit_price=Decimal(1), quantity=Decimal("NaN")), "lines.0.quantity"),
        (LineDraft(description="Cosa"), "lines.0.unit_price"),
        (LineDraft(unit_price=Decimal(1)), "lines.0.description"),
        (LineDraft(description="Cosa", unit_price=Decimal(1), discounts="dieci"), "lines.0.discounts"),
        (LineDraft(description="Cosa", unit_price=Decimal(1), vat_rate=Decimal(0)), "lines.0.vat_rate"),
    ],
)
def test_bad_lines_get_one_clear_sentence(counter: Counter, draft: LineDraft, field: str) -> None:
    with pytest.raises(InvalidFields) as refused:
        counter.draft(draft)
    assert list(refused.value.fields) == [field]
    assert len(refused.value.fields[field]) == 1
    assert Order.objects.count() == 0


def test_a_currency_without_a_rate_is_told(counter: Counter) -> None:
    with pytest.raises(DomainError) as refused:
        counter.draft(currency="SEK")
    assert "SEK" in str(refused.value)
