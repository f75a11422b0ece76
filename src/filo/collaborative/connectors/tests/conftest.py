"""A firm with a shop, a folder and a back office over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from ipaddress import ip_network
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from filo.collaborative.connectors.models import Connection, Exchange
from filo.collaborative.connectors.services.connecting import add_connection
from filo.collaborative.connectors.tests.erp import KEY, Erp, running
from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.folding import fold
from filo.operational.catalogue.models import Product, StockPlace, Variant, VatClass
from filo.testing.world import World

HOUSE = system("back office")


@pytest.fixture
def shop(world: World) -> dict[str, Variant]:
    """Two variants of a shirt, one place."""
    vat, _new = VatClass.objects.get_or_create(code="22", defaults={"name": "22 %", "rate": Decimal(22)})
    StockPlace.objects.create(code="centrale", name="Magazzino centrale", position=0)
    StockPlace.objects.create(code="negozio", name="Negozio", position=1)
    moment = clock.now()
    product = Product.objects.create(
        code="CAMICIA", name="Camicia", folded=fold("Camicia"), vat=vat, created_at=moment, updated_at=moment
    )
    return {
        sku: Variant.objects.create(
            product=product, sku=sku, sku_folded=sku.casefold(), price=Decimal(50), position=place
        )
        for place, sku in enumerate(("CAM-M", "CAM-L"))
    }


@pytest.fixture
def erp(settings: Settings) -> Iterator[Erp]:
    settings.EGRESS_ALLOW = [ip_network("127.0.0.0/8")]
    with running() as found:
        yield found


@pytest.fixture
def over_http(shop: dict[str, Variant], erp: Erp) -> Connection:
    return add_connection(HOUSE, kind="rest", given={"address": erp.address}, secret=KEY, name="ERP", code="erp")


@pytest.fixture
def over_folder(shop: dict[str, Variant], settings: Settings, tmp_path: Path) -> Connection:
    settings.DATA_DIR = tmp_path
    return add_connection(
        HOUSE, kind="csv-folder", given={"folder": "gestionale"}, name="Gestionale", code="gestionale"
    )


def exchange_of(connection: Connection, subject: str) -> Exchange:
    return Exchange.objects.select_related("connection").get(connection=connection, subject=subject)
