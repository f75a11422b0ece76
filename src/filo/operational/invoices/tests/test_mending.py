"""What the exchange rejected is mended and sent again, with the same number, day and sums."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.files.queries import read_file
from filo.foundation.organisation.models import CompanyLook
from filo.operational.invoices.fatturapa.reading import read
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import LineFacts, mend_rejected, send_invoice, take_in
from filo.operational.invoices.services.drafting import IssuedIsFinal
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.schema import complaints
from filo.operational.invoices.tests.test_exchange import answer
from filo.operational.parties.models import Party
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
OTHER_IBAN = "DE89370400440532013000"


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(datetime(2026, 11, 28, 11, 0, tzinfo=UTC)):
        yield


def rejected(office: Office, *prices: str, **facts: Any) -> Invoice:
    found = office.issue(*prices, **facts)
    take_in(office.principal(), [answer("NotificaScarto", send_invoice(office.principal(), found))])
    return office.again(found)


def sent_again(office: Office, invoice: Invoice) -> Any:
    content = read_file(send_invoice(office.principal(), office.again(invoice)).content)
    assert complaints(content, "FPR12") == []
    return read(content).document


def test_what_was_wrong_on_the_cards_is_right_in_the_next_file(office: Office) -> None:
    found = rejected(office)
    Party.objects.filter(pk=office.party.pk).update(sdi_code="ZZZZZZ9", vat_number="01533030480")
    CompanyLook.objects.filter(company=office.company).update(street="Via Roma 2")
    document = sent_again(office, found)
    assert document.transmission.recipient == "ZZZZZZ9"
    assert document.buyer.vat_number == "01533030480"
    assert document.seller.address.street == "Via Roma 2"
    (body,) = document.bodies
    assert (body.number, body.day, body.total) == (found.number, found.date, found.total)
    assert office.again(found).counterpart == "IT01533030480"


def test_bank_reason_and_codes_may_change_and_the_sums_stay(office: Office) -> None:
    found = rejected(
        office,
        lines=[LineFacts(description="Consulenza", unit_price=Decimal(1000))],
        held_kind="RT01",
        held_rate=Decimal(20),
        held_cause="A",
    )
    changes = {"iban": OTHER_IBAN, "cause": "Consulenza di novembre", "held_cause": "V", "cig": "8123456789"}
    mend_rejected(office.principal(), found, version=found.version, **changes)
    (body,) = sent_again(office, found).bodies
    assert [one.iban for one in body.payments] == [OTHER_IBAN]
    assert (body.causes, body.withholdings[0].cause) == (("Consulenza di novembre",), "V")
    assert body.references[0].cig == "8123456789"
    again = office.again(found)
    assert (again.number, again.date, again.payable) == (found.number, found.date, found.payable)


def test_nothing_else_changes_and_only_while_it_is_rejected(office: Office) -> None:
    found = rejected(office)
    with pytest.raises(IssuedIsFinal):
        mend_rejected(office.principal(), found, terms="60")
    with pytest.raises(Stale):
        mend_rejected(office.principal(), found, version=1, cause="x")
    with pytest.raises(InvalidFields):
        mend_rejected(office.principal(), found, iban="IT60 X05")
    with pytest.raises(Forbidden):
        mend_rejected(office.principal("agent"), found, cause="x")
    with pytest.raises(IssuedIsFinal):
        mend_rejected(office.principal(), office.issue(), cause="x")
    assert office.again(found).version == found.version


def test_it_is_mended_on_its_page(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    found, client = rejected(office), client_of("inside")
    page = client.get(f"/invoices/{found.id}").content.decode()
    assert f"/invoices/{found.id}/mend" in page
    posted = {"version": str(found.version), "iban": OTHER_IBAN, "cause": "Merce", "cig": "", "cup": ""}
    assert client.post(f"/invoices/{found.id}/mend", posted | {"iban": "IT60"}).status_code == 422
    assert client.post(f"/invoices/{found.id}/mend", posted).status_code == 302
    assert (office.again(found).cause, office.again(found).iban) == ("Merce", OTHER_IBAN)
    assert client.post(f"/invoices/{office.issue().id}/mend", posted).status_code == 302


def test_programs_mend_it_too(office: Office) -> None:
    found, api = rejected(office), api_of(office.world, "inside")
    assert api.change(f"/invoices/{found.id}", {"terms": "60"}).json()["code"] == "invoice-issued"
    assert api.change(f"/invoices/{found.id}", {"iban": OTHER_IBAN}).json()["iban"] == OTHER_IBAN


def test_what_the_office_refused_is_mended_and_sent_again(
    office: Office, client_of: Callable[[str], CheckedClient]
) -> None:
    Party.objects.filter(pk=office.party.pk).update(sdi_code="UF1234")
    found = office.issue(vat_due="S", cig="8123456789")
    first = send_invoice(office.principal(), found)
    outcome = "<EsitoCommittente><Esito>EC02</Esito><Descrizione>CIG errato</Descrizione></EsitoCommittente>"
    take_in(office.principal(), [answer("NotificaEsito", first, outcome)])
    found = office.again(found)
    assert found.state == "refused"
    page = client_of("inside").get(f"/invoices/{found.id}").content.decode()
    assert f"/invoices/{found.id}/mend" in page
    assert f"/invoices/{found.id}/send" in page
    mend_rejected(office.principal(), found, cig="Z123456789")
    second = send_invoice(office.principal(), office.again(found))
    assert second.name != first.name
    content = read_file(second.content)
    assert complaints(content, "FPA12") == []
    (body,) = read(content).document.bodies
    assert (body.number, body.day, body.references[0].cig) == (found.number, found.date, "Z123456789")
    take_in(office.principal(), [answer("RicevutaConsegna", first), answer("RicevutaConsegna", second)])
    assert office.again(found).state == "delivered"
