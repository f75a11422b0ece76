"""What has a price in a currency for which there is no rate is shown, and cannot be bought until there is one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from filo.collaborative.shop.tests.stall import LAMP, Stall
from filo.foundation import clock
from filo.operational.catalogue.models import Variant
from filo.operational.prices.models import ExchangeRate

pytestmark = pytest.mark.django_db


def test_it_is_shown_and_cannot_be_bought(stall: Stall) -> None:
    ExchangeRate.objects.filter(currency="USD").delete()
    Variant.objects.filter(sku=LAMP).update(currency="USD")
    client = Client()
    listed = client.get("/p/shop")
    assert listed.status_code == 200
    code = Variant.objects.get(sku=LAMP).product.code
    page = client.get(f"/p/shop/p/{code}")
    assert page.status_code == 200
    assert "Al momento non si può comprare" in page.content.decode()
    client.post("/p/shop/cart/add", {"variant": stall.variant(LAMP)})
    assert client.get("/p/shop/cart").status_code == 200
    ExchangeRate.objects.create(currency="USD", day=clock.today(), rate=Decimal("1.25"))
    assert "Al momento non si può comprare" not in client.get(f"/p/shop/p/{code}").content.decode()
