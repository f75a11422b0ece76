"""Whoever works in some companies of the group writes nothing for the others, by whatever door."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from filo.foundation import clock
from filo.foundation.accounts.models import User
from filo.foundation.errors import Forbidden
from filo.operational.payments.models import BankFile, Due, Payment
from filo.operational.payments.services.banking import import_bank_file
from filo.operational.payments.services.dues import open_due
from filo.operational.payments.services.recording import record_payment
from filo.operational.payments.tests.books import Books
from filo.operational.payments.tests.test_bank_files import TWO_COLUMNS
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


@pytest.fixture
def elsewhere(books: Books) -> Books:
    """The colleague inside works for the company *casa* alone."""
    user_id = books.principal().user_id
    assert user_id is not None
    User.objects.get(pk=user_id).companies.set([books.world.companies["casa"]])
    return books


def test_payments_dues_and_files_of_another_company_are_refused(elsewhere: Books) -> None:
    inside, moda = elsewhere.principal(), elsewhere.world.companies["moda"]
    assert inside.company_ids == frozenset({elsewhere.world.companies["casa"].pk})
    with pytest.raises(Forbidden):
        record_payment(inside, elsewhere.facts("10.00"))
    with pytest.raises(Forbidden):
        open_due(
            inside,
            party=elsewhere.world.parties["own"],
            company=moda,
            document="Fattura 1",
            document_on=clock.today(),
            due_on=clock.today(),
            amount=Decimal(10),
        )
    with pytest.raises(Forbidden):
        import_bank_file(inside, moda, name="estratto.csv", content=TWO_COLUMNS)
    assert (Payment.objects.count(), Due.objects.count(), BankFile.objects.count()) == (0, 0, 0)


def test_the_forms_offer_the_companies_that_one_works_in(elsewhere: Books, client_of: ClientOf) -> None:
    client, companies = client_of("inside"), elsewhere.world.companies
    page = client.get("/payments/bank").content.decode()
    assert str(companies["casa"].pk) in page
    assert str(companies["moda"].pk) not in page
    given = SimpleUploadedFile("estratto.csv", TWO_COLUMNS)
    sent = client.post("/payments/bank", {"company": str(companies["moda"].pk), "file": given})
    assert (sent.status_code, BankFile.objects.count()) == (422, 0)
    typed = {"amount": "10,00", "paid_on": str(clock.today()), "method": "bank", "currency": "EUR"}
    sent = client.post("/payments/new", typed | {"company": str(companies["moda"].pk)})
    assert (sent.status_code, Payment.objects.count()) == (422, 0)
