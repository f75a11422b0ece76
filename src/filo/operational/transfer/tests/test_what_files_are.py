"""Files of no customers are taken for what they are, or said to name nobody; new products wait to be shown."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from filo.operational.catalogue.models import Product, VatClass
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.tests.files import prepared
from filo.operational.transfer.tests.test_import_pages import settings_of
from filo.operational.transfer.tests.test_products import WOO
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
RATES = "Country Code,State Code,ZIP/Postcode,City,Rate %,Tax Name\nGB,*,*,*,20.0000,VAT\n"
CHURN = "customerID,gender,tenure,Contract,MonthlyCharges\n7590-VHVEG,Female,1,Month-to-month,29.85\n"
NAMES_ALONE = "SKU,Title\nA-1,Lampada\nA-2,Tavolo\n"
CDS = "customer_id,date,number_of_cds,dollar_value\n00001,19970101,1,11.77\n00002,19970112,5,77.00\n"
NOTICE = "Nessuna colonna dice un nome"


@pytest.mark.parametrize(
    ("text", "kind"), [(NAMES_ALONE, "products"), (CDS, "orders"), (RATES, "organisations"), (CHURN, "organisations")]
)
def test_a_file_is_what_its_headings_are_enough_for(world: World, text: str, kind: str) -> None:
    assert prepared(text, name="righe.csv").kind == kind


@pytest.mark.parametrize("text", [RATES, CHURN])
def test_a_file_that_names_nobody_says_so(world: World, client_of: ClientOf, text: str) -> None:
    batch = prepared(text, principal=world.principal("admin"), name="righe.csv")
    assert NOTICE in client_of("admin").get(f"/imports/{batch.pk}").content.decode()
    fine = prepared("Ragione sociale,Città\nUno,Milano\n", principal=world.principal("admin"))
    assert NOTICE not in client_of("admin").get(f"/imports/{fine.pk}").content.decode()


@pytest.mark.parametrize("shown", [False, True])
def test_new_products_wait_for_somebody_to_show_them(world: World, client_of: ClientOf, shown: bool) -> None:
    VatClass.objects.get_or_create(code="22", defaults={"name": "IVA 22 %", "rate": 22})
    batch, client = prepared(WOO, principal=world.principal("admin"), name="woo.csv"), client_of("admin")
    assert 'name="show_new"' in client.get(f"/imports/{batch.pk}").content.decode()
    posted = settings_of(batch, do="run") | ({"show_new": "on"} if shown else {})
    assert client.post(f"/imports/{batch.pk}", posted).status_code == 302, urlencode(posted)
    carry_on(world.principal("admin"), ImportBatch.objects.get(pk=batch.pk))
    assert Product.objects.count() == 2
    assert set(Product.objects.values_list("reserved", flat=True)) == {not shown}
    Product.objects.update(reserved=False)
    again = prepared(WOO.replace("Cap,", "Berretto,"), principal=world.principal("admin"), name="woo.csv")
    client.post(f"/imports/{again.pk}", settings_of(again, do="run"))
    carry_on(world.principal("admin"), ImportBatch.objects.get(pk=again.pk))
    assert not Product.objects.filter(reserved=True).exists(), "what is shown stays so"
