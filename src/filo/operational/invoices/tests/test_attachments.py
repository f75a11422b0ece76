"""What a supplier lays into his file: it is offered for keeping, and what is damaged keeps no invoice out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from filo.operational.invoices.fatturapa.document import Attachment
from filo.operational.invoices.fatturapa.writing import write
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import take_in
from filo.operational.invoices.tests.office import Office
from filo.operational.invoices.tests.test_exchange import from_supplier
from filo.operational.invoices.tests.test_written_xml import BODY
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
PAPER = Attachment(name="Fattura 77.pdf", content=b"%PDF-1.7 paper", form="PDF")
PAGE = Attachment(name="../<b>evil</b>.html", content=b"<script>alert(1)</script>")


def taken(office: Office, *attachments: Attachment, damage: bool = False) -> Invoice:
    content = write(from_supplier(replace(BODY, attachments=attachments)))
    if damage:
        content = content.replace(b"<Attachment>JVBE", b"<Attachment>JVB", 1)
    (found,) = take_in(office.principal(), [("a.xml", content)])
    assert found.file.kind == "invoice", found.file.said
    return found.invoices[0]


def test_they_are_listed_and_kept_by_their_first_bytes(office: Office, client_of: ClientOf) -> None:
    found, client = taken(office, PAPER, PAGE), client_of("inside")
    page = client.get(f"/invoices/{found.pk}").content.decode()
    assert "Fattura 77.pdf" in page
    assert "<b>evil" not in page
    paper = client.get(f"/invoices/{found.pk}/attachments/0")
    assert (paper.content, paper["Content-Type"]) == (PAPER.content, "application/pdf")
    assert paper["Content-Disposition"] == 'attachment; filename="Fattura 77.pdf"'
    other = client.get(f"/invoices/{found.pk}/attachments/1")
    assert other["Content-Type"] == "application/octet-stream"
    assert other["Content-Disposition"].startswith("attachment; ")
    assert other["X-Content-Type-Options"] == "nosniff"
    assert client.get(f"/invoices/{found.pk}/attachments/2").status_code == 404


def test_a_damaged_one_is_left_out_and_told(office: Office, client_of: ClientOf) -> None:
    found = taken(office, PAPER, PAGE, damage=True)
    assert found.file is not None
    (told,) = found.file.told["warnings"]
    assert "Fattura 77.pdf" in told
    page = client_of("inside").get(f"/invoices/{found.pk}").content.decode()
    assert "/attachments/0" in page
    assert "/attachments/1" not in page


def test_who_does_not_see_the_invoice_gets_none(office: Office, client_of: ClientOf) -> None:
    found = taken(office, PAPER)
    assert client_of("stranger").get(f"/invoices/{found.pk}/attachments/0").status_code == 404
    assert client_of("inside").get(f"/invoices/{office.issue().pk}/attachments/0").status_code == 404
