"""Steps are taken back by the toast and at the API, as far as the stock allows."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from filo.operational.catalogue.services.stock import OutOfStock
from filo.operational.orders.services import cancel_order, confirm_order, prepare_order, reopen_order, restore_order
from filo.operational.orders.tests.counter import JACKET, Counter, faults
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def undo_on(page: str) -> str:
    found = re.search(r'<filo-toast.*?action="([^"]+)"', page, re.DOTALL)
    return found.group(1) if found else ""


def pressed(client: CheckedClient, address: str, **typed: str) -> str:
    """Press, and give where the toast's *Undo* leads."""
    answer = client.post(address, typed)
    assert answer.status_code == 302
    return undo_on(client.get(answer["Location"]).content.decode())


def test_a_confirmed_order_is_a_draft_again_and_its_goods_are_free(counter: Counter, client_of: ClientOf) -> None:
    order, client = counter.draft(counter.line(JACKET, "4")), client_of("admin")
    undo = pressed(client, f"/orders/{order.id}/confirm")
    assert counter.stock(JACKET) == (10, 4)
    pressed(client, undo)
    assert (counter.again(order).state, counter.stock(JACKET)) == ("draft", (10, 0))


def test_lines_that_were_cut_offer_no_way_back(counter: Counter, client_of: ClientOf) -> None:
    order = counter.draft(counter.line(JACKET, "12"))
    assert pressed(client_of("admin"), f"/orders/{order.id}/confirm", short="part") == ""


@pytest.mark.parametrize("state", ["draft", "confirmed", "prepared"])
def test_a_cancelled_order_is_on_again_as_it_stood(counter: Counter, client_of: ClientOf, state: str) -> None:
    order, client = counter.draft(counter.line(JACKET, "4")), client_of("admin")
    if state != "draft":
        confirm_order(counter.principal(), order)
    if state == "prepared":
        prepare_order(counter.principal(), order)
    before = counter.again(order)
    undo = pressed(client, f"/orders/{order.id}/cancel", reason="Ripensato")
    assert (counter.again(order).state, counter.stock(JACKET)) == ("cancelled", (10, 0))
    again = pressed(client, undo)
    after = counter.again(order)
    assert (after.state, after.number, after.confirmed_at) == (state, before.number, before.confirmed_at)
    assert counter.stock(JACKET) == (10, 0 if state == "draft" else 4)
    assert again == f"/orders/{order.id}/cancel"
    assert not faults()


def test_goods_that_somebody_else_got_stay_his(counter: Counter) -> None:
    order = cancel_order(counter.principal(), counter.confirmed(counter.line(JACKET, "8")))
    counter.confirmed(counter.line(JACKET, "5"))
    with pytest.raises(OutOfStock):
        restore_order(counter.principal(), order)
    assert counter.again(order).state == "cancelled"
    assert counter.stock(JACKET) == (10, 5)


def test_one_that_waited_waits_again(counter: Counter) -> None:
    order = confirm_order(counter.principal(), counter.draft(counter.line(JACKET, "12")), short="wait")
    cancel_order(counter.principal(), order)
    assert restore_order(counter.principal(), order).waits
    assert counter.lines(order)[0].waiting == 2


def test_every_step_of_the_page_is_at_the_api(counter: Counter) -> None:
    admin = api_of(counter.world, "admin")
    order = counter.confirmed(counter.line(JACKET, "2"))

    def post(verb: str, **body: object) -> tuple[int, str]:
        answer = admin.send(f"/orders/{order.id}/{verb}", body or None)
        return answer.status_code, answer.json().get("state", "")

    assert post("prepare") == (200, "prepared")
    assert post("unprepare") == (200, "confirmed")
    assert post("fill") == (200, "confirmed")
    assert post("cancel", reason="") == (200, "cancelled")
    assert post("restore") == (200, "confirmed")
    assert post("reopen") == (200, "draft")
    assert post("confirm", short="refuse") == (200, "confirmed")
    assert post("ship", weight="2.5", parcels=2, cause="loan") == (200, "shipped")
    shipment = order.shipments.get()
    assert (shipment.weight, shipment.parcels, shipment.cause) == (2.5, 2, "loan")
    assert post("deliver", shipment=str(shipment.id)) == (200, "delivered")
    assert post("undeliver", shipment=str(shipment.id)) == (200, "shipped")
    assert post("copy") == (201, "draft")
    assert post("reopen")[0] == 409


def test_who_may_not_edit_takes_nothing_back(counter: Counter) -> None:
    order = cancel_order(counter.principal(), counter.confirmed(counter.line(JACKET, "2")))
    for verb in ("restore", "reopen", "fill", "copy", "unprepare"):
        for who in ("operator", "stranger"):
            answer = api_of(counter.world, who).send(f"/orders/{order.id}/{verb}", None)
            assert answer.status_code in (403, 404)
    assert counter.again(order).state == "cancelled"
    assert reopen_order(counter.principal(), order).state == "draft"
