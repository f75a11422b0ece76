"""Products on a page of blocks have their picture and the public price; what has none is told on request."""

from __future__ import annotations

import pytest
from django.test import Client

from filo.collaborative.pages.services import keep_page, publish_page, put_block
from filo.collaborative.shop.models import Offer
from filo.collaborative.shop.tests.stall import Stall

pytestmark = pytest.mark.django_db


def test_products_on_a_page_tell_the_public_price(stall: Stall) -> None:
    admin = stall.world.principal("admin")
    page = keep_page(admin, None, slug="novita", title_it="Novità")
    page = put_block(admin, page, "products", {"it": "Da noi", "most": "12"})
    publish_page(admin, page)
    told = Client(headers={"Accept-Language": "it"}).get("/p/pages/novita").content.decode()
    assert "122,00" in told
    assert "305,00" in told
    assert "/p/shop/" in told
    assert "Prezzo su richiesta" not in told
    Offer.objects.filter(low=305).delete()
    told = Client(headers={"Accept-Language": "it"}).get("/p/pages/novita").content.decode()
    assert "305,00" not in told
    assert "Prezzo su richiesta" in told
