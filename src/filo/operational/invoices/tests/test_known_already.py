"""What is here already is not kept twice, and nothing new that lies beside it is lost."""

from __future__ import annotations

import pytest

from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import take_in
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import received
from filo.testing.clients import CheckedClient

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
BODY, END = b"<FatturaElettronicaBody>", b"</FatturaElettronicaBody>"


def many(*numbers: str) -> bytes:
    """One file with an invoice for each number."""
    first, *others = (received(number) for number in numbers)
    bodies = b"".join(one[one.index(BODY) : one.index(END) + len(END)] for one in others)
    return first.replace(END, END + bodies)


def numbers() -> list[str]:
    return sorted(Invoice.objects.values_list("number", flat=True))


def test_what_is_new_in_a_file_is_kept_although_the_rest_is_known(office: Office) -> None:
    take_in(office.principal(), [("a.xml", received("1"))])
    (found,) = take_in(office.principal(), [("b.xml", many("1", "2"))])
    assert (found.file.kind, found.file.said) == ("invoice", "2: Filati S.p.A.")
    assert found.file.told["warnings"] == ["Invoice 1 was here already and was left out."]
    assert numbers() == ["1", "2"]


def test_an_invoice_that_stands_in_a_file_again_and_again_is_kept_once(office: Office) -> None:
    (found,) = take_in(office.principal(), [("a.xml", many("1", "1", "1"))])
    assert (found.file.kind, numbers()) == ("invoice", ["1"])
    assert found.file.told["warnings"] == ["Invoice 1 stands in this file more than once and was kept once."]


def test_a_file_of_which_all_is_known_leads_to_it(office: Office) -> None:
    (first,) = take_in(office.principal(), [("a.xml", many("1", "2"))])
    (found,) = take_in(office.principal(), [("b.xml", many("2", "1"))])
    assert (found.file.kind, found.file.invoice) == ("double", first.invoices[1])
    assert found.file.said == "An invoice of this number and day by the same seller is here already."


def test_one_that_says_something_else_is_told(office: Office) -> None:
    other = received("1").replace(b"<ImportoTotaleDocumento>122.00", b"<ImportoTotaleDocumento>121.99")
    found = take_in(office.principal(), [("a.xml", received("1")), ("b.xml", other)])
    assert found[1].file.kind == "double"
    assert found[1].file.said.endswith("Its total is 121.99, and that of the one that is here 122.00.")


def test_a_credit_note_may_have_the_number_of_an_invoice(office: Office) -> None:
    note = received("1").replace(b"<TipoDocumento>TD01", b"<TipoDocumento>TD04")
    found = take_in(office.principal(), [("a.xml", received("1")), ("b.xml", note)])
    assert [one.file.kind for one in found] == ["invoice", "invoice"]
    assert sorted(Invoice.objects.values_list("type", flat=True)) == ["TD01", "TD04"]


@pytest.mark.parametrize(
    ("country", "number"), [("OO", "99999999999"), ("OO", "OO99999999999"), ("US", "0000000"), ("", "")]
)
def test_a_number_that_is_nobodys_is_not_by_whom_one_is_known(office: Office, country: str, number: str) -> None:
    content = received("1").replace(
        b"<IdPaese>IT</IdPaese>\n          <IdCodice>07643520567",
        f"<IdPaese>{country}</IdPaese>\n          <IdCodice>{number}".encode(),
    )
    assert content != received("1")
    other = content.replace(b"Filati S.p.A.", b"Yarn Ltd.")
    found = take_in(office.principal(), [("a.xml", content), ("b.xml", other), ("c.xml", other + b"\n")])
    assert [one.file.kind for one in found] == ["invoice", "invoice", "double"]


def test_the_page_of_a_double_leads_to_what_is_here(office: Office, client_of: object) -> None:
    client: CheckedClient = client_of("inside")  # type: ignore[operator]
    (first,) = take_in(office.principal(), [("a.xml", received("1"))])
    (found,) = take_in(office.principal(), [("b.xml", received("1") + b"\n")])
    assert f"/invoices/{first.invoices[0].pk}" in client.get(f"/invoices/import/{found.file.pk}").content.decode()
