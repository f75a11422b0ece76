"""An invoice's page says how far it is paid, and where its customer pays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.access.principal import system
from filo.operational.invoices.tests.office import office_of
from filo.operational.payments.services.billed import owe_invoice
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_the_page_of_an_invoice_leads_to_where_it_is_paid(
    world: World, client_of: Callable[[str], CheckedClient]
) -> None:
    invoice = office_of(world).issue("100.00")
    assert "/p/pay/" not in client_of("admin").get(f"/invoices/{invoice.id}").content.decode()
    owe_invoice(system("payments"), invoice)
    owe_invoice(system("payments"), invoice)
    page = client_of("admin").get(f"/invoices/{invoice.id}").content.decode()
    assert page.count("/p/pay/") == 1
    assert "122,00" in page
