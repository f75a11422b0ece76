"""Items and prices of a back office: new ones, changed ones, ours and theirs, and where a person has to decide."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.collaborative.connectors.models import Conflict, Connection, RejectedRow, SyncRun
from filo.collaborative.connectors.services.disagreeing import AlreadyDecided, decide
from filo.collaborative.connectors.services.exchanges import set_exchange
from filo.collaborative.connectors.services.syncing import sync
from filo.collaborative.connectors.tests.conftest import HOUSE, exchange_of
from filo.collaborative.connectors.tests.erp import Erp
from filo.operational.catalogue.models import Variant
from filo.operational.catalogue.services.variants import save_variants
from filo.operational.prices.models import PriceList, PriceRule
from filo.operational.prices.services.lists import save_list

ROW = {"sku": "GIA-M", "product": "GIACCA", "name": "Giacca di lana", "size": "M", "price": 120.5, "vat": 22}


def look(connection: Connection, erp: Erp, subject: str, *rows: dict[str, object]) -> SyncRun:
    erp.changes.setdefault(subject, []).extend(rows)
    run = sync(HOUSE, exchange_of(connection, subject))
    assert run is not None
    assert run.state == "done", run.because
    return run


def variant(sku: str) -> Variant:
    return Variant.objects.select_related("product").get(sku=sku)


def owners(connection: Connection, **whose: str) -> None:
    exchange = exchange_of(connection, "items")
    set_exchange(HOUSE, exchange, active=True, columns=exchange.columns, owners=whose)


def test_new_codes_become_products_and_variants_of_their_parents(over_http: Connection, erp: Erp) -> None:
    run = look(
        over_http,
        erp,
        "items",
        ROW,
        ROW | {"sku": "GIA-L", "size": "L"},
        {"sku": "X1"},
        {"sku": "X2", "name": "x", "vat": 19},
    )
    assert (run.created, run.rejected) == (2, 2)
    assert [one.sku for one in variant("GIA-M").product.variants.all()] == ["GIA-M", "GIA-L"]
    assert (variant("GIA-M").price, variant("GIA-L").values) == (Decimal("120.5"), {"size": "L"})
    assert RejectedRow.objects.filter(key="x2").get().because in (
        "Non c’è una classe IVA del 19 %.",
        "There is no VAT class of 19 %.",
    )


def test_what_is_theirs_is_taken_and_what_is_ours_is_given(over_http: Connection, erp: Erp) -> None:
    look(over_http, erp, "items", ROW)
    owners(over_http, description="ours", price="theirs")
    from filo.operational.catalogue.services.products import change_product

    change_product(HOUSE, variant("GIA-M").product, {"description": "Calda e leggera"})
    run = look(over_http, erp, "items", ROW | {"price": 130, "description": ""})
    assert variant("GIA-M").price == 130
    assert variant("GIA-M").product.description == "Calda e leggera"
    assert run.rows_out > 0
    assert {"sku": "GIA-M", "description": "Calda e leggera"} in [row for _subject, row in erp.got]
    erp.got.clear()
    look(over_http, erp, "items")
    assert erp.got == []


def test_where_both_changed_it_a_person_decides_once(over_http: Connection, erp: Erp) -> None:
    look(over_http, erp, "items", ROW)
    owners(over_http, price="ask")
    found = variant("GIA-M")
    save_variants(HOUSE, found.product, [{"id": found.pk, "price": Decimal(125)}])
    run = look(over_http, erp, "items", ROW | {"price": 130})
    assert run.conflicts == 1
    conflict = Conflict.objects.get(state="open")
    assert (conflict.before, conflict.ours, conflict.theirs) == ("120.5", "125", "130")
    assert variant("GIA-M").price == 125
    look(over_http, erp, "items", ROW | {"price": 130})
    assert Conflict.objects.count() == 1
    decide(HOUSE, conflict, whose="theirs")
    assert variant("GIA-M").price == 130
    with pytest.raises(AlreadyDecided):
        decide(HOUSE, conflict, whose="ours")
    assert look(over_http, erp, "items", ROW | {"price": 130}).unchanged == 1


def test_ours_holds_and_the_back_office_is_told(over_http: Connection, erp: Erp) -> None:
    look(over_http, erp, "items", ROW)
    owners(over_http, price="ask")
    found = variant("GIA-M")
    save_variants(HOUSE, found.product, [{"id": found.pk, "price": Decimal(125)}])
    look(over_http, erp, "items", ROW | {"price": 130})
    decide(HOUSE, Conflict.objects.get(), whose="ours")
    look(over_http, erp, "items", ROW | {"price": 130})
    assert {"sku": "GIA-M", "price": "125"} in [row for _subject, row in erp.got]
    assert variant("GIA-M").price == 125
    assert not Conflict.objects.filter(state="open").exists()


def test_prices_come_onto_their_lists_and_an_empty_one_goes(over_http: Connection, erp: Erp) -> None:
    save_list(HOUSE, None, {"code": "rivenditori", "name": "Rivenditori"})
    head = {"sku": "CAM-M", "list": "RIVENDITORI"}
    run = look(
        over_http,
        erp,
        "prices",
        head | {"price": 40},
        head | {"from": 10, "price": 35},
        {"sku": "CAM-L", "list": "rivenditori", "percent": 15},
        head | {"list": "nessuno", "price": 1},
    )
    assert (run.created, run.rejected) == (3, 1)
    rules = PriceRule.objects.filter(list=PriceList.objects.get(code="rivenditori"))
    told = {(rule.variant.sku, rule.min_quantity, rule.means, rule.value) for rule in rules if rule.variant}
    assert told == {
        ("CAM-M", Decimal(1), "price", Decimal(40)),
        ("CAM-M", Decimal(10), "price", Decimal(35)),
        ("CAM-L", Decimal(1), "percent", Decimal(15)),
    }
    run = look(over_http, erp, "prices", head | {"from": 10, "price": ""})
    assert run.updated == 1
    assert rules.all().count() == 2


def test_what_could_not_be_given_is_given_again_and_never_overwritten(over_http: Connection, erp: Erp) -> None:
    look(over_http, erp, "items", ROW)
    owners(over_http, price="ask")
    found = variant("GIA-M")
    save_variants(HOUSE, found.product, [{"id": found.pk, "price": Decimal(125)}])
    erp.refuses = {"gia-m": "locked"}
    assert look(over_http, erp, "items", ROW).rows_out == 0
    assert RejectedRow.objects.get(ended_at=None).because == "locked"
    erp.refuses = {}
    assert look(over_http, erp, "items", ROW).rows_out == 1
    assert variant("GIA-M").price == 125
    assert not RejectedRow.objects.filter(ended_at=None).exists()
