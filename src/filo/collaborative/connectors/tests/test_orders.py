"""Orders go out as they are confirmed, and come as far as the back office says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from filo.collaborative.connectors.models import Connection, RejectedRow, SyncRun
from filo.collaborative.connectors.services.connecting import add_connection
from filo.collaborative.connectors.services.syncing import sync
from filo.collaborative.connectors.tests.conftest import HOUSE, exchange_of
from filo.collaborative.connectors.tests.erp import KEY, Erp
from filo.foundation import clock
from filo.foundation.organisation.models import SellingCompany
from filo.operational.orders.models import Carrier, Order
from filo.operational.orders.tests.counter import Counter, counter_of
from filo.testing.world import World


@pytest.fixture
def counter(world: World) -> Counter:
    return counter_of(world)


@pytest.fixture
def connection(counter: Counter, erp: Erp) -> Connection:
    return add_connection(HOUSE, kind="rest", given={"address": erp.address}, secret=KEY, name="ERP", code="erp")


def belonging_to(company: SellingCompany, erp: Erp) -> Connection:
    facts = {"address": erp.address}
    return add_connection(HOUSE, kind="rest", given=facts, secret=KEY, name="ERP", code=company.code, company=company)


def look(connection: Connection, erp: Erp, *rows: Mapping[str, object]) -> SyncRun:
    erp.changes.setdefault("orders", []).extend(rows)
    run = sync(HOUSE, exchange_of(connection, "orders"))
    assert run is not None
    assert run.state == "done", run.because
    return run


def test_a_confirmed_order_goes_out_once(counter: Counter, connection: Connection, erp: Erp) -> None:
    order = counter.confirmed()
    counter.draft()
    assert look(connection, erp).rows_out == 1
    (_subject, row) = erp.got[0]
    assert (row["number"], row["lines"]) == (order.name, "GIACCA-M-BLU × 2; LAMPADA × 1")
    assert Decimal(row["total"]) == order.total
    assert look(connection, erp).rows_out == 0


def test_the_day_that_goes_out_is_the_day_here(counter: Counter, connection: Connection, erp: Erp) -> None:
    order = counter.confirmed()
    midnight_has_gone_by_in_rome = datetime(2026, 10, 20, 22, 30, tzinfo=UTC)
    Order.objects.filter(pk=order.pk).update(confirmed_at=midnight_has_gone_by_in_rome)
    look(connection, erp)
    assert erp.got[0][1]["confirmed"] == "2026-10-21"


def test_it_comes_as_far_as_the_back_office_says_and_no_way_back(
    counter: Counter, connection: Connection, erp: Erp
) -> None:
    order = counter.confirmed()
    head = {"azienda": order.company.code, "numero": order.name}
    run = look(connection, erp, head | {"stato": "Evaso", "ldv": "BRT 77"})
    assert (run.updated, run.rejected) == (1, 0)
    order = counter.again(order)
    assert (order.state, order.shipments.get().tracking) == ("shipped", "BRT 77")
    assert counter.stock("LAMPADA") == (Decimal(9), Decimal(0))
    assert look(connection, erp, head | {"stato": "Evaso", "ldv": "BRT 77"}).unchanged == 1
    look(connection, erp, head | {"stato": "Consegnato", "ldv": "BRT 77"})
    assert counter.again(order).state == "delivered"
    assert look(connection, erp, head | {"stato": "Pronto", "ldv": "BRT 77"}).rejected == 1
    assert counter.again(order).state == "delivered"


def test_unknown_numbers_and_states_are_told(counter: Counter, connection: Connection, erp: Erp) -> None:
    order = counter.confirmed()
    rows = [
        {"azienda": order.company.code, "numero": "O 2026/999999", "stato": "evaso"},
        {"azienda": order.company.code, "numero": order.name, "stato": "boh"},
    ]
    assert look(connection, erp, *rows).rejected == 2
    assert RejectedRow.objects.filter(ended_at=None).count() == 2
    assert Order.objects.get(pk=order.pk).state == "confirmed"


def test_a_tracking_number_that_comes_later_is_written_down(counter: Counter, connection: Connection, erp: Erp) -> None:
    order = counter.confirmed()
    carrier = Carrier.objects.create(name="BRT")
    head = {"azienda": order.company.code, "numero": order.name}
    look(connection, erp, head | {"stato": "Evaso", "ldv": ""})
    assert look(connection, erp, head | {"stato": "Evaso", "ldv": "BRT 77", "vettore": "brt"}).updated == 1
    shipment = order.shipments.get()
    assert (shipment.tracking, shipment.carrier) == ("BRT 77", carrier)
    version = counter.again(order).version
    look(connection, erp, head | {"stato": "Evaso", "ldv": "BRT 77", "vettore": "BRT"})
    look(connection, erp, head | {"stato": "Evaso", "ldv": "", "vettore": ""})
    assert (order.shipments.get().tracking, counter.again(order).version) == ("BRT 77", version)


def test_a_back_office_of_one_company_hears_of_its_orders_and_moves_no_others(
    counter: Counter, erp: Erp, world: World
) -> None:
    order = counter.confirmed()
    other = belonging_to(world.companies["casa"], erp)
    row = {"azienda": order.company.code, "numero": order.name, "stato": "Evaso", "ldv": "X"}
    assert look(other, erp, row).rejected == 1
    assert (erp.got, counter.again(order).state) == ([], "confirmed")
    assert look(belonging_to(order.company, erp), erp).rows_out == 1


def test_days_are_told_as_they_are_here(counter: Counter, connection: Connection, erp: Erp) -> None:
    with clock.at(datetime(2026, 11, 27, 23, 30, tzinfo=UTC)):
        counter.confirmed()
    look(connection, erp)
    assert erp.got[0][1]["confirmed"] == "2026-11-28"
