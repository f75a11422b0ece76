"""What the plans of a product hold is taken back whole; and the class of a customer, with a sentence that says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.operational.prices.queries.plans import features_of
from filo.operational.prices.services.discounts import set_class
from filo.operational.prices.services.features import row_of, save_features
from filo.operational.prices.tests.shop import Shop
from filo.testing.clients import CheckedClient

Row = dict[str, Any]
PHONE: Row = {"name": "Telefono", "name_en": "", "kind": "yes-no", "unit": "", "values": {}}
SEATS: Row = {"name": "Posti", "name_en": "Seats", "kind": "number", "unit": "", "values": {}}


def _written(shop: Shop, *rows: Row) -> UUID:
    with one_operation() as operation:
        save_features(shop.world.principal("boss"), shop.goods["shirt"].product, rows)
    return operation.id


def _rows(shop: Shop) -> list[Row]:
    return [row_of(one) for one in features_of(shop.goods["shirt"].product)]


def test_the_rows_stand_as_before(shop: Shop) -> None:
    boss, key = shop.world.principal("boss"), str(shop.goods["shirt"].pk)
    before = [PHONE | {"values": {key: "sì"}}, SEATS | {"values": {key: "10"}}]
    _written(shop, *before)
    changed = _written(shop, SEATS | {"values": {key: "12"}})
    undone = undo_operation(boss, changed)
    assert (undone.taken, _rows(shop)) == (1, before)
    assert undone.operation is not None
    undo_operation(boss, undone.operation)
    assert [row["values"] for row in _rows(shop)] == [{key: "12"}]


def test_what_was_written_since_stays(shop: Shop) -> None:
    first = _written(shop, PHONE)
    _written(shop, PHONE, SEATS)
    undone = undo_operation(shop.world.principal("boss"), first)
    assert (undone.taken, undone.number_left, len(_rows(shop))) == (0, 1, 2)


def test_an_old_entry_that_kept_only_names_has_no_way_back(shop: Shop) -> None:
    written = _written(shop, PHONE)
    AuditEntry.objects.filter(operation=written).update(changes={"plans": [[], ["Telefono"]]})
    assert undo_operation(shop.world.principal("boss"), written).taken == 0
    assert _rows(shop) == [PHONE]


def test_a_class_taken_back_is_told(shop: Shop, client_of: Callable[[str], CheckedClient]) -> None:
    with one_operation() as operation:
        set_class(shop.world.principal("boss"), shop.world.parties["own"], "oro")
    page = client_of("boss").post(f"/operations/{operation.id}/undo", follow=True).content.decode()
    assert "1 modifica annullata" in page
