"""An invoice inside the Union without VAT (N3.2) warns where VIES does not know its customer."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import LineFacts
from filo.operational.invoices.tests.office import Office, office_of
from filo.operational.vies.tests.answers import GERMAN, checked, with_number
from filo.operational.vies.tests.fake import Vies
from filo.testing.clients import CheckedClient
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


@pytest.fixture
def office(world: World) -> Office:
    return office_of(world)


def draft(office: Office, nature: str, rate: str) -> Invoice:
    line = LineFacts(description="Tessuto", unit_price=Decimal(100), unit="MT", vat_rate=Decimal(rate), nature=nature)
    return office.draft(lines=[line])


def test_a_sale_inside_the_union_to_a_number_that_is_not_valid(
    world: World, office: Office, vies: Vies, client_of: ClientOf
) -> None:
    invoice, client = draft(office, "N3.2", "0"), client_of("inside")
    party = with_number(world, GERMAN)
    unknown = client.get(f"/invoices/{invoice.pk}").content.decode()
    checked(world, party)
    wrong = client.get(f"/invoices/{invoice.pk}").content.decode()
    vies.known[GERMAN] = ("Weberei GmbH", "---")
    checked(world, party)
    right = client.get(f"/invoices/{invoice.pk}").content.decode()
    assert ['id="vies-wrong"' in page for page in (unknown, wrong, right)] == [False, True, False]
    assert ['id="vies-open"' in page for page in (unknown, wrong, right)] == [True, False, False]


def test_one_with_vat_or_to_italy_says_nothing(world: World, office: Office, vies: Vies, client_of: ClientOf) -> None:
    with_vat, italian = draft(office, "", "22"), draft(office, "N3.2", "0")
    client = client_of("inside")
    assert "vies-" not in client.get(f"/invoices/{italian.pk}").content.decode()
    checked(world, with_number(world, GERMAN))
    assert "vies-" not in client.get(f"/invoices/{with_vat.pk}").content.decode()
