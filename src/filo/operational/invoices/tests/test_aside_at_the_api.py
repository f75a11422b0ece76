"""Files that were handed in, attachments, fiscal data and other kinds of invoices at the API, as on the pages."""

from __future__ import annotations

import pytest
from django.test import Client

from filo.foundation.organisation.models import SellingCompany
from filo.operational.invoices.models import CompanyFiscal, Invoice, InvoiceFile
from filo.operational.invoices.services import take_in
from filo.operational.invoices.tests.office import SELLER_VAT, Office
from filo.operational.invoices.tests.test_attachments import PAGE, PAPER, taken
from filo.operational.invoices.tests.test_exchange import received
from filo.testing.api import ApiClient, api_of, token_of

pytestmark = pytest.mark.django_db
STRANGE = "01234567890"


@pytest.fixture
def inside(office: Office) -> ApiClient:
    return api_of(office.world, "inside")


@pytest.fixture
def admin(office: Office) -> ApiClient:
    return api_of(office.world, "admin")


@pytest.fixture
def aside(office: Office) -> InvoiceFile:
    content = received().replace(SELLER_VAT.encode(), STRANGE.encode())
    (found,) = take_in(office.principal(), [("IT01234567890_FPR02.xml", content)])
    return found.file


def test_what_was_put_aside_is_listed_looked_at_and_kept(office: Office, aside: InvoiceFile, inside: ApiClient) -> None:
    listed = inside.read("/invoices/files?kind=quarantine").json()
    assert [(one["id"], one["kind"], one["invoice"]) for one in listed["items"]] == [
        (str(aside.pk), "quarantine", None)
    ]
    path = f"/invoices/files/{aside.pk}"
    found = inside.read(path).json()
    assert found["said"] != ""
    assert STRANGE in found["says"]["seller"]["vat_number"] + found["says"]["buyer"]["vat_number"]
    assert any(STRANGE in sentence for sentence in found["says"]["warnings"])
    wrong = inside.send(f"{path}/keep", {"company": "nothing", "direction": "issued"})
    assert (wrong.status_code, list(wrong.json()["fields"])) == (422, ["company"])
    body = {"company": office.company.code, "direction": "received"}
    kept = inside.send(f"{path}/keep", body).json()
    assert (kept["file"]["kind"], kept["invoices"]) == ("invoice", [str(Invoice.objects.get().pk)])
    assert any(STRANGE in sentence for sentence in kept["file"]["warnings"])
    again = inside.send(f"{path}/keep", body)
    assert (again.status_code, again.json()["code"]) == (409, "not-put-aside")
    assert inside.read("/invoices/files?kind=quarantine").json()["items"] == []
    supplier = inside.read(f"/invoices/{Invoice.objects.get().pk}").json()
    assert supplier["supplier"] != ""


def test_it_is_tried_again_when_things_are_otherwise(office: Office, aside: InvoiceFile, inside: ApiClient) -> None:
    path = f"/invoices/files/{aside.pk}/again"
    assert inside.send(path).json()["file"]["kind"] == "quarantine"
    SellingCompany.objects.filter(pk=office.company.pk).update(vat_number=STRANGE)
    assert inside.send(path).json()["file"]["kind"] == "invoice"
    assert inside.send(path).status_code == 409


def test_who_may_not_issue_sees_no_files(office: Office, aside: InvoiceFile) -> None:
    agent, path = api_of(office.world, "agent"), f"/invoices/files/{aside.pk}"
    assert [agent.read("/invoices/files").status_code, agent.read(path).status_code] == [403, 403]
    assert agent.send(f"{path}/again").status_code == 403
    assert agent.send(f"{path}/keep", {"company": office.company.code, "direction": "issued"}).status_code == 403


def test_attachments_are_listed_and_read(office: Office, inside: ApiClient) -> None:
    found = taken(office, PAPER, PAGE)
    path = f"/invoices/{found.pk}/attachments"
    items = inside.read(path).json()["items"]
    assert [(one["id"], one["media_type"], one["size"]) for one in items] == [
        (0, "application/pdf", len(PAPER.content)),
        (1, "application/octet-stream", len(PAGE.content)),
    ]
    assert items[0]["name"] == "Fattura 77.pdf"
    paper = inside.read(f"{path}/0")
    assert (paper.content, paper["Content-Type"], paper["X-Content-Type-Options"]) == (
        PAPER.content,
        "application/pdf",
        "nosniff",
    )
    assert inside.read(f"{path}/2").status_code == 404
    assert api_of(office.world, "stranger").read(path).status_code == 404


@pytest.mark.parametrize("kind", ["TD02", "TD05", "TD24"])
def test_a_deposit_a_debit_note_and_a_deferred_invoice_are_issued(office: Office, inside: ApiClient, kind: str) -> None:
    lines = [{"description": "Interessi di mora", "unit_price": "10", "vat_rate": "0", "nature": "N1"}]
    body = {"party": str(office.party.pk), "company": office.company.code, "lines": lines, "type": kind}
    made = inside.send("/invoices", body).json()
    issued = inside.send(f"/invoices/{made['id']}/issue", {}).json()
    assert (issued["type"], issued["number"] != "", issued["send_by"] is not None) == (kind, True, True)
    reader = Client(headers={"Authorization": f"Bearer {token_of(office.world, 'inside')}"})
    assert f"<TipoDocumento>{kind}</TipoDocumento>" in reader.get(f"/api/v1/invoices/{made['id']}/xml").text


def test_a_number_that_would_be_rejected_is_said_before_it_is_sent(office: Office, inside: ApiClient) -> None:
    SellingCompany.objects.filter(pk=office.company.pk).update(vat_number=STRANGE)
    office.company.refresh_from_db()
    path = f"/invoices/{office.issue('100').pk}"
    assert [STRANGE in sentence for sentence in inside.read(path).json()["doubts"]] == [True]
    refused = inside.send(f"{path}/send", {"way": "folder"})
    assert (refused.status_code, refused.json()["code"]) == (409, "exchange-would-reject")
    assert STRANGE in refused.json()["detail"]
    sent = inside.send(f"{path}/send", {"way": "hand"}).json()
    assert (sent["state"], len(sent["files"][0]["warnings"])) == ("sent", 1)


def test_fiscal_data_are_read_and_changed_field_by_field(office: Office, admin: ApiClient) -> None:
    path = f"/fiscal-data/{office.company.pk}"
    found = admin.read(path)
    assert (found.json()["company"], found.json()["vat_number"]) == (office.company.code, SELLER_VAT)
    body = {"capital": {"amount": "10000.00"}, "way": "pec", "certified_mail": "a@pec.example.it"}
    lacking = admin.change(path, body)
    assert (lacking.status_code, list(lacking.json()["fields"])) == (422, ["exchange_pec"])
    changed = admin.change(path, body | {"exchange_pec": "sdi01@pec.example.it"}, If_Match=found["ETag"]).json()
    assert (changed["capital"], changed["way"]) == ({"amount": "10000.00", "currency": "EUR"}, "pec")
    assert (changed["iban"], changed["rea_number"]) == (found.json()["iban"], "123456")
    assert admin.change(path, {"bank": "Banca"}).json()["way"] == "pec"
    late = admin.change(path, {"bank": "Altra"}, If_Match=found["ETag"])
    assert (late.status_code, late.json()["differing"]) == (412, {"bank": {"theirs": "Banca", "yours": "Altra"}})
    assert admin.change(path, {"capital": None}).json()["capital"] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"regime": "RF99"}, "regime"),
        ({"method": "MP99"}, "method"),
        ({"iban": "IT00"}, "iban"),
        ({"tax_code": STRANGE}, "tax_code"),
        ({"certified_mail": "nobody"}, "certified_mail"),
        ({"sender": "../.."}, "sender"),
        ({"folder": "../x"}, "folder"),
        ({"rea_office": "T1"}, "rea_office"),
        ({"terms": "soon"}, "terms"),
        ({"capital": {"amount": "-1"}}, "capital.amount"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    office: Office, admin: ApiClient, body: dict[str, object], field: str
) -> None:
    before = CompanyFiscal.objects.values().get(company=office.company)
    answer = admin.change(f"/fiscal-data/{office.company.pk}", body)
    assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert all(answer.json()["fields"][field])
    assert CompanyFiscal.objects.values().get(company=office.company) == before


def test_an_odd_tax_code_is_kept_when_it_is_said(office: Office, admin: ApiClient) -> None:
    kept = admin.change(f"/fiscal-data/{office.company.pk}", {"tax_code": STRANGE, "odd_tax_code": True})
    assert kept.json()["tax_code"] == STRANGE


def test_a_company_of_which_nobody_wrote_has_what_is_usual(office: Office, admin: ApiClient) -> None:
    other = next(one for one in office.world.companies.values() if one.pk != office.company.pk)
    path = f"/fiscal-data/{other.pk}"
    usual = admin.read(path)
    assert (usual.json()["version"], usual.json()["regime"]) == (0, "RF01")
    assert admin.change(path, {"series": "a"}, If_Match=usual["ETag"]).json()["series"] == "A"
    assert admin.change(path, {"series": "b"}, If_Match=usual["ETag"]).status_code == 412
    listed = {one["company"]: one["series"] for one in admin.read("/fiscal-data").json()["items"]}
    assert listed[other.code] == "A"
    assert len(listed) == SellingCompany.objects.count()


def test_who_may_not_change_settings_may_not_here(office: Office) -> None:
    agent, path = api_of(office.world, "agent"), f"/fiscal-data/{office.company.pk}"
    assert [agent.read("/fiscal-data").status_code, agent.read(path).status_code] == [403, 403]
    assert agent.change(path, {"bank": "x"}).status_code == 403
