"""Files leave under names of their own, the exchange answers, and what others send is taken in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.errors import Forbidden
from filo.foundation.files.queries import read_file
from filo.foundation.organisation.models import CompanyLook, SellingCompany
from filo.operational.invoices.fatturapa.document import Body, Document, Subject
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.models import CompanyFiscal, Invoice, InvoiceFile
from filo.operational.invoices.services import issue_invoice, note_paid, send_invoice, take_in
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_notifications import told
from filo.operational.invoices.tests.test_written_xml import BODY, DOCUMENT, SELLER
from filo.operational.parties.models import Party
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(datetime(2026, 11, 28, 11, 0, tzinfo=UTC)):
        yield


def answer(root: str, file: InvoiceFile, inside: str = "") -> tuple[str, bytes]:
    return f"{root}.xml", told(root, inside).replace(b"IT01234567897_0000a.xml.p7m", file.name.encode())


def test_a_rejected_file_is_sent_again_with_the_same_number_and_day(office: Office) -> None:
    found = office.issue()
    first = send_invoice(office.principal(), found)
    assert send_invoice(office.principal(), found).pk == first.pk
    take_in(office.principal(), [answer("NotificaScarto", first)])
    found = office.again(found)
    assert (found.state, found.number) == ("rejected", "1/2026")
    assert found.resend_by is not None
    second = send_invoice(office.principal(), found)
    assert (first.name, second.name) == ("IT01234567897_00001.xml", "IT01234567897_00002.xml")
    late = answer("NotificaMancataConsegna", first)
    take_in(office.principal(), [late, answer("RicevutaConsegna", second)])
    found = office.again(found)
    assert (found.state, found.number, str(found.date)) == ("delivered", "1/2026", "2026-11-28")
    assert found.files.count() == 5


def test_a_word_that_is_heard_late_or_twice_changes_nothing(office: Office) -> None:
    found = office.issue()
    file = send_invoice(office.principal(), found)
    outcome = "<EsitoCommittente><Esito>EC01</Esito></EsitoCommittente>"
    take_in(office.principal(), [answer("NotificaEsito", file, outcome), answer("RicevutaConsegna", file)])
    (again,) = take_in(office.principal(), [answer("RicevutaConsegna", file)])
    assert again.file.kind == "double"
    assert office.again(found).state == "accepted"


def from_supplier(body: Body) -> Document:
    buyer = Subject(name="Aurora Moda S.r.l.", vat_country="IT", vat_number="01234567897", address=SELLER.address)
    supplier = replace(SELLER, name="Filati S.p.A.", vat_number="07643520567", tax_code="", rea=None)
    return replace(DOCUMENT, seller=supplier, buyer=buyer, bodies=(body,))


def received(number: str = "77") -> bytes:
    return write(from_supplier(replace(BODY, number=number)))


def test_each_file_of_a_drop_is_accounted_for(office: Office) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.xml", received("1"))
        archive.writestr("b.xml", received("1").replace(b"Camicia", b"Giacca"))
        archive.writestr("c.xml", b"<html/>")
    files = [("all.zip", packed.getvalue()), ("again.xml", received("1")), ("other.xml", write(DOCUMENT))]
    found = take_in(office.principal(), [*files, ("broken.zip", b"PK rubbish")])
    assert [(one.file.name, one.file.kind) for one in found] == [
        ("a.xml", "invoice"),
        ("b.xml", "double"),
        ("c.xml", "quarantine"),
        ("again.xml", "double"),
        ("other.xml", "invoice"),
        ("broken.zip", "quarantine"),
    ]
    assert all(one.file.said for one in found)
    ours = Invoice.objects.get(direction="received")
    assert (ours.number, ours.total, ours.party_id, ours.state) == ("1", Decimal("122.00"), office.party.id, "received")
    assert Invoice.objects.get(direction="issued").state == "kept"


def test_who_may_not_issue_may_not_read_in(office: Office) -> None:
    with pytest.raises(Forbidden):
        take_in(office.principal("agent"), [("a.xml", received())])


def test_what_is_paid_goes_to_the_earliest_day_first(office: Office) -> None:
    found = office.issue("100.00", terms="30/60 FM")
    note_paid(office.principal(), found, Decimal("70.00"))
    assert [due.paid for due in found.dues.all()] == [Decimal("61.00"), Decimal("9.00")]
    found = office.again(found)
    assert (found.left, str(found.due_on)) == (Decimal("52.00"), "2027-01-31")


def test_a_draft_is_written_issued_and_sent_on_its_pages(office: Office, client_of: ClientOf) -> None:
    client = client_of("inside")
    made = client.post("/invoices/new", {"party": office.party.id, "company": office.company.id, "type": "TD01"})
    draft = Invoice.objects.get()
    assert made["Location"] == f"/invoices/{draft.id}"
    page = client.get(f"/invoices/{draft.id}").content.decode()
    assert 'name="line-description"' in page
    typed = {
        "version": "1",
        "type": "TD01",
        "terms": "30 FM",
        "method": "MP05",
        "vat_due": "I",
        "line-description": ["Tessuto", ""],
        "line-quantity": ["2", ""],
        "line-unit_price": ["1.234,50", ""],
        "line-vat": ["22", "22"],
    }
    assert client.post(f"/invoices/{draft.id}/write", typed | {"terms": "soon"}).status_code == 422
    assert client.post(f"/invoices/{draft.id}/write", typed | {"issue": "1"}).status_code == 302
    found = office.again(draft)
    assert (found.number, found.net) == ("1/2026", Decimal("2469.00"))
    assert client.post(f"/invoices/{draft.id}/send", {"way": "hand"}).status_code == 302
    page = client.get(f"/invoices/{draft.id}").content.decode()
    assert "IT01234567897_00001.xml" in page
    assert client.get(f"/invoices/{draft.id}/pdf").content.startswith(b"%PDF")
    assert b"FatturaElettronica" in client.get(f"/invoices/{draft.id}/xml").content
    assert "1/2026" in client.get("/invoices").content.decode()
    assert "1/2026" in client.get(f"/parties/{office.party.id}/invoices").content.decode()
    assert client.post(f"/invoices/{draft.id}/credit", {"whole": "1"}).status_code == 302
    note = Invoice.objects.get(type="TD04")
    assert client.post(f"/invoices/{note.id}/delete").status_code == 302


@pytest.mark.parametrize("view", ["all", "draft", "to-send", "rejected", "overdue", "credit", "received"])
def test_every_view_of_the_list_opens(office: Office, client_of: ClientOf, view: str) -> None:
    office.issue()
    assert client_of("inside").get(f"/invoices?view={view}&q=1").status_code == 200


def test_files_are_dropped_and_fiscal_data_kept_on_their_pages(office: Office, client_of: ClientOf) -> None:
    upload = BytesIO(received())
    upload.name = "a.xml"
    assert client_of("inside").post("/invoices/import", {"files": [upload]}).status_code == 302
    assert "Filati" in client_of("inside").get("/invoices/import").content.decode()
    assert client_of("agent").get("/invoices/import").status_code == 403
    client = client_of("admin")
    typed = {"version": "1", "regime": "RF01", "method": "MP05", "terms": "60", "iban": "IT60X0542811101000000123457"}
    address = f"/settings/invoices/{office.company.id}"
    assert client.get("/settings/invoices").status_code == client.get(address).status_code == 200
    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"iban": "IT60 X054 2811 1010 0000 0123 456"}).status_code == 302


SEES = {"admin", "boss", "inside", "operator", "manager", "agent"}
PEOPLE = ("admin", "agent", "boss", "inside", "manager", "operator", "other_manager", "researcher", "stranger")


@pytest.mark.parametrize("person", PEOPLE)
def test_every_door_shows_what_one_sees(office: Office, client_of: ClientOf, person: str) -> None:
    found = office.issue()
    client, seen = client_of(person), person in SEES
    assert Invoice.objects.visible_to(office.principal(person)).exists() == seen
    for door in ("", "/pdf", "/xml"):
        assert client.get(f"/invoices/{found.id}{door}").status_code == (200 if seen else 404), door
    for act in ("write", "issue", "send", "mend", "credit", "delete"):
        status = client.post(f"/invoices/{found.id}/{act}", {"way": "hand"}).status_code
        assert (status == 404) != seen, act


def test_xml_of_a_credit_note_names_what_it_takes_from(office: Office) -> None:
    from filo.operational.invoices.services import draft_credit

    note = issue_invoice(office.principal(), draft_credit(office.principal(), office.issue()))
    assert b"<IdDocumento>1/2026</IdDocumento>" in xml_of(office.again(note))


def test_a_late_refusal_of_another_sending_changes_nothing(office: Office) -> None:
    found = office.issue()
    file = send_invoice(office.principal(), found)
    take_in(office.principal(), [answer("RicevutaConsegna", file)])
    name, content = answer("NotificaScarto", file)
    (late,) = take_in(office.principal(), [(name, content.replace(b">111<", b">222<"))])
    assert office.again(found).state == "delivered"
    assert (late.file.kind, late.file.invoice_id) == ("notification", found.pk)
    assert "222" in late.file.said


def test_who_works_for_another_company_moves_no_invoice_of_this(office: Office) -> None:
    found = office.issue()
    file = send_invoice(office.principal(), found)
    other = replace(office.principal(), company_ids=frozenset({office.world.companies["casa"].pk}))
    (heard,) = take_in(other, [answer("NotificaScarto", file)])
    assert (heard.file.kind, heard.file.invoice_id) == ("quarantine", None)
    assert office.again(found).state == "sent"
    take_in(system("invoices"), [answer("RicevutaConsegna", file)])
    assert office.again(found).state == "delivered"


def test_our_own_invoice_that_comes_back_is_not_a_second_one(office: Office) -> None:
    found = office.issue()
    sent = read_file(send_invoice(office.principal(), found).content)
    (again,) = take_in(office.principal(), [("IT01234567897_00001.xml", sent + b"\n")])
    assert (again.file.kind, again.file.invoice_id, list(again.invoices)) == ("double", found.pk, [])
    assert found.number in again.file.said
    assert Invoice.objects.count() == 1


def test_the_group_sends_for_a_second_company_under_names_that_are_new(office: Office) -> None:
    first = send_invoice(office.principal(), office.issue())
    casa = office.world.companies["casa"]
    SellingCompany.objects.filter(pk=casa.pk).update(vat_number="01533030480", legal_name="Casa S.r.l.")
    casa.refresh_from_db()
    place = {"street": "Via Po 1", "postal_code": "10124", "city": "Torino", "province": "TO", "country": "IT"}
    CompanyLook.objects.update_or_create(company=casa, defaults=place)
    CompanyFiscal.objects.update_or_create(company=casa, defaults={"sender": "01234567897"})
    names = [first.name]
    for company in (casa, office.company, casa):
        invoice = issue_invoice(office.principal("admin"), office.draft(company=company, who="admin"))
        names.append(send_invoice(office.principal("admin"), invoice).name)
    assert names == [f"IT01234567897_0000{place}.xml" for place in (1, 2, 3, 4)]


def test_a_name_that_somebody_else_counted_is_passed_over(office: Office) -> None:
    first = send_invoice(office.principal(), office.issue())
    InvoiceFile.objects.filter(pk=first.pk).update(stem="it01234567897_00002")
    assert send_invoice(office.principal(), office.issue()).name == "IT01234567897_00003.xml"


def test_a_supplier_who_is_a_person_has_a_name(office: Office, client_of: ClientOf) -> None:
    firm = b"<Denominazione>Filati S.p.A.</Denominazione>"
    content = received().replace(firm, b"<Nome>Ada</Nome><Cognome>Neri</Cognome>")
    Party.objects.filter(pk=office.party.pk).update(vat_number="")
    (found,) = take_in(office.principal(), [("a.xml", content)])
    assert found.invoices[0].other_name == "Ada Neri"
    assert "Ada Neri" in client_of("inside").get("/invoices?view=received").content.decode()


def test_what_names_no_file_is_known_by_the_number_of_the_exchange(office: Office) -> None:
    found = office.issue()
    file = send_invoice(office.principal(), found)
    take_in(office.principal(), [answer("RicevutaConsegna", file)])
    refused = told("NotificaEsitoCommittente", "<Esito>EC02</Esito><Descrizione>Importi</Descrizione>")
    name = b"<NomeFile>IT01234567897_0000a.xml.p7m</NomeFile>"
    assert name in refused
    (said,) = take_in(office.principal(), [("IT01234567897_00001_EC_001.xml", refused.replace(name, b""))])
    assert (said.file.kind, said.file.invoice) == ("notification", found)
    assert office.again(found).state == "refused"
    strange = refused.replace(name, b"").replace(b">111<", b">999<")
    (said,) = take_in(office.principal(), [("IT01234567897_00001_EC_002.xml", strange)])
    assert said.file.kind == "quarantine"


def test_a_rejection_without_a_zone_is_taken(office: Office) -> None:
    file = send_invoice(office.principal(), office.issue())
    inside = "<DataOraRicezione>2026-11-28T12:00:00</DataOraRicezione>"
    (said,) = take_in(office.principal(), [answer("NotificaScarto", file, inside)])
    assert said.invoices[0].rejected_at == datetime(2026, 11, 28, 11, 0, tzinfo=UTC)
