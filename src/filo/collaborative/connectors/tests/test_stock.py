"""Stock of a back office: a place by its code or its name; a row that is refused says what is wrong with it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.collaborative.connectors.models import Connection, RejectedRow
from filo.collaborative.connectors.tests.erp import Erp
from filo.collaborative.connectors.tests.test_items_and_prices import ROW, look
from filo.operational.catalogue.models import Stock, StockPlace

pytestmark = pytest.mark.django_db


def test_a_place_is_found_by_the_name_that_people_see(over_http: Connection, erp: Erp) -> None:
    for place, quantity in (("Magazzino centrale", 5), ("centrale", 6), ("MAGAZZINO CENTRALE", 7)):
        run = look(over_http, erp, "stock", {"sku": "CAM-M", "place": place, "quantity": quantity})
        assert (run.rejected, Stock.objects.get().on_hand) == (0, Decimal(quantity))
    assert Stock.objects.get().place.code == "centrale"


def test_a_name_of_two_places_is_no_place(over_http: Connection, erp: Erp) -> None:
    StockPlace.objects.create(code="terzo", name="Magazzino centrale", position=2)
    assert look(over_http, erp, "stock", {"sku": "CAM-M", "place": "Magazzino centrale", "quantity": 1}).rejected == 1
    assert not Stock.objects.exists()


def test_a_row_is_refused_with_the_sentence_of_its_field(over_http: Connection, erp: Erp) -> None:
    look(over_http, erp, "stock", {"sku": "CAM-M", "quantity": -5})
    look(over_http, erp, "items", ROW | {"price": -4})
    first, second = RejectedRow.objects.order_by("at").values_list("because", flat=True)
    assert first == "La quantità deve essere da zero in su, con al massimo tre decimali."
    assert "campi" not in second
