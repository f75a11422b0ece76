"""What no invoice should leave with: a currency without a rate, VAT that no law has, our IBAN on a credit note."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.foundation.errors import InvalidFields
from filo.operational.catalogue.models import VatClass
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.services import LineFacts, change_draft, draft_credit, issue_invoice
from filo.operational.invoices.services.sending import xml_of
from filo.operational.invoices.tests.office import Office
from filo.operational.parties.models import Party
from filo.operational.prices.models import ExchangeRate
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
D = Decimal


def test_a_currency_without_a_rate_is_refused(office: Office) -> None:
    with pytest.raises(InvalidFields) as refused:
        office.draft(currency="USD")
    assert "USD" in str(refused.value.fields["currency"][0])
    draft = office.draft()
    with pytest.raises(InvalidFields):
        change_draft(office.principal(), draft, currency="USD")
    ExchangeRate.objects.create(currency="USD", day=clock.today() - timedelta(days=3), rate=D("1.1"))
    assert office.issue(currency="USD").currency == "USD"


def test_a_rate_is_of_the_law_or_was_set_up(office: Office) -> None:
    lines = [LineFacts(description="Cosa", unit_price=D(10), vat_rate=D(99))]
    with pytest.raises(InvalidFields) as refused:
        office.draft(lines=lines)
    assert "IVA del 99" in str(refused.value.fields["lines"][0])
    assert not Invoice.objects.exists()
    VatClass.objects.create(code="strange", name="99 %", rate=D(99))
    found = office.issue(lines=lines)
    VatClass.objects.filter(code="strange").delete()
    assert draft_credit(office.principal(), found).lines.get().vat_rate == D(99), "what was issued can be credited"


def test_a_public_body_pays_the_vat_itself(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    Party.objects.filter(pk=office.party.pk).update(sdi_code="UFABC1")
    office.party.refresh_from_db()
    draft = office.draft("100.00")
    assert (draft.vat_due, draft.payable) == ("S", D(100))
    page = f"/invoices/{draft.pk}"
    assert "17-ter" not in client_of("inside").get(page).content.decode()
    change_draft(office.principal(), draft, vat_due="I")
    assert "17-ter" in client_of("inside").get(page).content.decode()
    fee = office.draft("100.00", held_kind="RT02", held_rate=D(20), held_cause="A")
    assert fee.vat_due == "I", "what is subject to withholding is not split"


def test_a_credit_note_asks_for_no_money(office: Office, client_of: Callable[[str], CheckedClient]) -> None:
    found = office.issue("100.00")
    note = office.again(issue_invoice(office.principal(), draft_credit(office.principal(), found)))
    assert found.iban.encode() in xml_of(found)
    assert found.iban.encode() not in xml_of(note)
    page = client_of("inside").get(f"/invoices/{note.pk}").content.decode()
    assert "IBAN" not in page
    assert "Da pagare" not in page
    assert "A favore del cliente" in page
