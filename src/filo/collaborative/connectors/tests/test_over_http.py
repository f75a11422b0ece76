"""A back office over HTTP: pages, marks, a key, being away, and coming back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

import pytest

from filo.collaborative.connectors.contract import NotConnected
from filo.collaborative.connectors.models import Connection, SyncRun
from filo.collaborative.connectors.services.connecting import edit_connection, try_connection
from filo.collaborative.connectors.services.syncing import LONGEST_PAUSE, sync
from filo.collaborative.connectors.tests.conftest import HOUSE, exchange_of
from filo.collaborative.connectors.tests.erp import Erp
from filo.foundation import clock
from filo.operational.catalogue.models import Stock
from filo.testing.api import api_of
from filo.testing.world import World


def rows(*counts: tuple[str, object]) -> list[Mapping[str, object]]:
    return [{"item_code": sku, "warehouse": "centrale", "qty": quantity} for sku, quantity in counts]


def test_pages_are_read_to_the_end_and_the_next_look_asks_for_what_is_new(over_http: Connection, erp: Erp) -> None:
    erp.changes["stock"] = rows(("CAM-M", 5), ("CAM-L", 3.5), ("CAM-M", 4))
    run = sync(HOUSE, exchange_of(over_http, "stock"))
    assert run is not None
    assert (run.state, run.rows_in, run.created, run.updated) == ("done", 3, 2, 1)
    assert exchange_of(over_http, "stock").mark == "3"
    assert Stock.objects.get(variant__sku="CAM-M").on_hand == Decimal(4)
    again = sync(HOUSE, exchange_of(over_http, "stock"))
    assert again is not None
    assert again.rows_in == 0


def test_one_that_is_away_is_told_and_asked_less_and_less_until_it_is_back(over_http: Connection, erp: Erp) -> None:
    erp.away = True
    for _time in range(12):
        run = sync(HOUSE, exchange_of(over_http, "stock"))
        assert run is not None
        assert run.because == "Il gestionale ha risposto con lo stato 503."
    over_http.refresh_from_db()
    assert over_http.failures == 12
    assert over_http.next_at - clock.now() <= LONGEST_PAUSE
    assert over_http.next_at - clock.now() > timedelta(hours=5)
    erp.away, erp.changes["stock"] = False, rows(("CAM-M", 5))
    assert sync(HOUSE, exchange_of(over_http, "stock")) is not None
    over_http.refresh_from_db()
    assert (over_http.failures, over_http.failed_because) == (0, "")
    assert Stock.objects.get().on_hand == 5


def test_a_wrong_key_is_said_in_a_sentence_and_a_new_one_takes_its_place(over_http: Connection, erp: Erp) -> None:
    facts = {"name": "ERP", "code": "erp", "given": over_http.given}
    changed = edit_connection(HOUSE, over_http, version=1, secret="another", **facts)
    with pytest.raises(NotConnected, match="non accetta la chiave"):
        try_connection(HOUSE, changed)


def test_two_looks_at_once_are_one(over_http: Connection, erp: Erp) -> None:
    found = exchange_of(over_http, "stock")
    found.busy_until = clock.now() + timedelta(minutes=1)
    found.save()
    assert sync(HOUSE, found) is None
    assert not SyncRun.objects.exists()


def test_rows_that_the_back_office_sends_by_itself_come_in_once(over_http: Connection, erp: Erp, world: World) -> None:
    client = api_of(world, "admin")
    body = {"subject": "stock", "items": [{"sku": "CAM-M", "quantity": "12"}, {"sku": "", "quantity": "1"}]}
    first = client.ask("POST", f"/back-offices/{over_http.pk}/rows", body).json()
    assert (first["created"], first["rejected"], first["rows"]) == (1, 1, 2)
    second = client.ask("POST", f"/back-offices/{over_http.pk}/rows", body).json()
    assert (second["created"], second["unchanged"], second["rejected"]) == (0, 1, 1)
    assert client.ask("POST", f"/back-offices/{world.parties['own'].pk}/rows", body).status_code == 404
    assert Stock.objects.get().on_hand == 12
