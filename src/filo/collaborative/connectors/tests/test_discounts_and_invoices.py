"""Discounts of a back office come in by their codes; invoices are told to it and changed by nobody; ages are shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from filo.collaborative.connectors.models import Connection, Exchange, RejectedRow
from filo.collaborative.connectors.policies import in_its_company
from filo.collaborative.connectors.services.syncing import sync
from filo.collaborative.connectors.subjects.base import Refused, all_subjects
from filo.collaborative.connectors.subjects.invoices import SUBJECT as INVOICES
from filo.collaborative.connectors.tests.conftest import HOUSE, exchange_of
from filo.collaborative.connectors.tests.erp import Erp
from filo.foundation import clock
from filo.operational.catalogue.models import Variant
from filo.operational.invoices.models import Invoice
from filo.operational.prices.models import Discount
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ROWS = (
    {"code": "estate", "name": "Saldi", "percent": 20, "product": "CAMICIA", "from": "01/07/2027", "to": "31/08/2027"},
    {"code": "rivendite", "percent": 12.5, "class": "Rivenditori"},
    {"code": "vuoto", "name": "Senza percentuale"},
    {"code": "troppo", "percent": 120},
    {"code": "ieri", "percent": 5, "from": "domani"},
)


def test_discounts_come_in_change_and_are_switched_off(over_http: Connection, erp: Erp) -> None:
    assert not exchange_of(over_http, "discounts").active
    Exchange.objects.filter(connection=over_http, subject="discounts").update(active=True)
    erp.changes["discounts"] = list(ROWS)
    run = sync(HOUSE, exchange_of(over_http, "discounts"))
    assert run is not None
    assert (run.created, run.rejected) == (2, 3)
    sale = Discount.objects.get(code="estate")
    assert (sale.percent, sale.product.code if sale.product else "") == (Decimal(20), "CAMICIA")
    assert (sale.valid_from, sale.valid_to) == (date(2027, 7, 1), date(2027, 8, 31))
    assert Discount.objects.get(code="rivendite").customer_class == "rivenditori"
    assert set(RejectedRow.objects.values_list("key", flat=True)) >= {"vuoto", "troppo"}
    erp.changes["discounts"] += [{"code": "estate", "percent": 25, "active": "no"}]
    again = sync(HOUSE, exchange_of(over_http, "discounts"))
    assert again is not None
    assert again.updated == 1
    sale.refresh_from_db()
    assert (sale.percent, sale.active, sale.name) == (Decimal(25), False, "Saldi")


def test_issued_invoices_are_told_by_company_day_and_number(world: World) -> None:
    company = world.companies["moda"]
    facts = {"company": company, "party": world.parties["own"], "created_at": clock.now(), "year": 2026}
    Invoice.objects.create(
        state="sent", number="12/A", serial=12, date=date(2026, 5, 4), total=Decimal(122), net=Decimal(100), **facts
    )
    Invoice.objects.create(state="draft", **{**facts, "year": None})
    told = dict(INVOICES.all(HOUSE))
    key = f"{company.code} / 2026-05-04 / 12/a".casefold()
    assert list(told) == [key]
    assert (told[key]["total"], told[key]["state"]) == ("122", "sent")
    assert list(INVOICES.find(HOUSE, [key, "x / y", f"{company.code} / 31-31-31 / 9"])) == [key]
    with pytest.raises(Refused):
        INVOICES.take(HOUSE, key, {}, None, clock.now())
    other = in_its_company(HOUSE, world.companies["casa"].pk)
    assert (list(INVOICES.all(other)), INVOICES.find(other, [key])) == ([], {})


def test_pages_of_products_say_how_old_the_back_office_is(
    over_http: Connection, shop: dict[str, Variant], client_of: Callable[[str], CheckedClient]
) -> None:
    address = f"/products/{shop['CAM-M'].product_id}"
    assert "3 ore fa" not in client_of("agent").get(address).content.decode()
    Exchange.objects.filter(connection=over_http, subject="prices").update(as_of=clock.now() - timedelta(hours=3))
    assert "3 ore fa" in client_of("agent").get(address).content.decode()


def test_all_subjects_are_offered_in_the_order_in_which_they_are_taken() -> None:
    assert list(all_subjects()) == ["items", "prices", "discounts", "stock", "orders", "invoices"]
