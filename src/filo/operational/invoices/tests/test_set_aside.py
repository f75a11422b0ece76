"""A file that was put aside can be looked at, tried again, and kept for the company of ours that somebody names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.models import Invoice, InvoiceFile
from filo.operational.invoices.services import take_in
from filo.operational.invoices.tests.office import SELLER_VAT, Office
from filo.operational.invoices.tests.test_exchange import received
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
STRANGE = "01234567890"  # fails its check digit, as numbers in published samples do


@pytest.fixture
def aside(office: Office) -> InvoiceFile:
    content = received().replace(SELLER_VAT.encode(), STRANGE.encode())
    (found,) = take_in(office.principal(), [("IT01234567890_FPR02.xml", content)])
    assert found.file.kind == "quarantine"
    return found.file


def test_a_file_of_none_of_our_companies_is_looked_at(aside: InvoiceFile, client_of: ClientOf) -> None:
    client = client_of("inside")
    assert f"/invoices/import/{aside.pk}" in client.get("/invoices/import").content.decode()
    page = client.get(f"/invoices/import/{aside.pk}").content.decode()
    assert "Camicia" in page
    assert STRANGE in page
    assert f"/invoices/import/{aside.pk}/again" in page
    assert client_of("agent").get(f"/invoices/import/{aside.pk}").status_code == 403


@pytest.mark.parametrize(("direction", "state"), [("issued", "kept"), ("received", "received")])
def test_it_is_kept_for_the_company_that_is_named(
    office: Office, aside: InvoiceFile, client_of: ClientOf, direction: str, state: str
) -> None:
    client, address = client_of("inside"), f"/invoices/import/{aside.pk}"
    assert client.post(f"{address}/keep", {"company": office.company.pk, "direction": "lent"}).status_code == 422
    answer = client.post(f"{address}/keep", {"company": office.company.pk, "direction": direction})
    invoice = Invoice.objects.get()
    assert answer["Location"] == f"/invoices/{invoice.pk}"
    assert (invoice.company, invoice.direction, invoice.state) == (office.company, direction, state)
    aside.refresh_from_db()
    assert (aside.kind, aside.invoice, InvoiceFile.objects.count()) == ("invoice", invoice, 1)
    client.post(f"{address}/keep", {"company": office.company.pk, "direction": direction})
    client.post(f"{address}/again")
    assert Invoice.objects.count() == 1


def test_it_is_tried_again_when_things_are_otherwise(office: Office, aside: InvoiceFile, client_of: ClientOf) -> None:
    client, address = client_of("inside"), f"/invoices/import/{aside.pk}"
    assert client.post(f"{address}/again")["Location"] == address
    aside.refresh_from_db()
    assert aside.kind == "quarantine"
    SellingCompany.objects.filter(pk=office.company.pk).update(vat_number=STRANGE)
    client.post(f"{address}/again")
    aside.refresh_from_db()
    assert (aside.kind, aside.invoice) == ("invoice", Invoice.objects.get())


def test_what_is_no_invoice_is_looked_at_too(office: Office, client_of: ClientOf) -> None:
    (found,) = take_in(office.principal(), [("odd.xml", b"<a/>")])
    page = client_of("inside").get(f"/invoices/import/{found.file.pk}").content.decode()
    assert "/again" in page
    assert "/keep" not in page
    kept = client_of("inside").post(f"/invoices/import/{found.file.pk}/keep", {"company": office.company.pk})
    assert kept.status_code == 302
    assert not Invoice.objects.exists()
