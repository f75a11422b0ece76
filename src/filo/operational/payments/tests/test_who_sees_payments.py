"""Who sees and does what with payments; and the pages, from what is owed to the public page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filo.operational.payments.models import BankLine, Due, Payment, SandboxSession
from filo.operational.payments.queries.public import pay_token
from filo.operational.payments.services.sandbox import open_session
from filo.operational.payments.tests.books import Books
from filo.operational.payments.tests.test_bank_files import TWO_COLUMNS
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
SEES = {"admin", "boss", "manager", "agent", "inside", "operator"}
PEOPLE = (
    "admin",
    "boss",
    "manager",
    "other_manager",
    "agent",
    "teammate",
    "stranger",
    "inside",
    "researcher",
    "operator",
)


@pytest.mark.parametrize("who", PEOPLE)
def test_who_sees_a_due_and_its_payment(books: Books, client_of: ClientOf, who: str) -> None:
    due, payment = books.due("100.00"), books.pay("40.00")
    wanted = 200 if who in SEES else 404
    client = client_of(who)
    assert client.get(f"/dues/{due.pk}").status_code == wanted
    assert client.get(f"/payments/{payment.pk}").status_code == wanted
    assert ("Fattura 2026/31" in client.get("/dues?open=yes").content.decode()) is (who in SEES)
    assert (f"/payments/{payment.pk}" in client.get("/payments?view=all").content.decode()) is (who in SEES)


@pytest.mark.parametrize("verb", ["share", "take-back", "refund", "restore"])
def test_a_stranger_changes_nothing(books: Books, client_of: ClientOf, verb: str) -> None:
    payment = books.pay("40.00")
    assert client_of("stranger").post(f"/payments/{payment.pk}/{verb}").status_code == 404


@pytest.mark.parametrize("page", ["/payments/bank", "/payments/reminders"])
def test_files_and_reminders_are_for_those_who_keep_the_books(books: Books, client_of: ClientOf, page: str) -> None:
    assert client_of("agent").get(page).status_code == 403
    assert client_of("inside").get(page).status_code == 200


def test_a_payment_is_written_down_in_three_clicks_and_taken_back(books: Books, client_of: ClientOf) -> None:
    due, client = books.due("1234.50"), client_of("agent")
    page = client.get(f"/payments/new?due={due.pk}").content.decode()
    assert 'value="1234,50"' in page
    typed = {"due": str(due.pk), "amount": "1.234,50", "paid_on": "2026-11-01", "method": "bank", "currency": "eur"}
    typed["company"] = str(books.world.companies["moda"].pk)
    assert client.post("/payments/new", typed | {"amount": "tanto"}).status_code == 422
    answer = client.post("/payments/new", typed)
    payment = Payment.objects.get()
    assert answer["Location"] == f"/payments/{payment.pk}"
    due.refresh_from_db()
    assert due.state == "paid"
    assert client.post(f"/payments/{payment.pk}/take-back").status_code == 302
    due.refresh_from_db()
    assert due.paid == 0


def test_what_was_typed_into_shares_is_kept_when_it_is_refused(books: Books, client_of: ClientOf) -> None:
    due = books.due("100.00")
    payment = books.pay("40.00")
    typed = {f"due-{due.pk}": "77,70", "version": str(payment.version)}
    page = client_of("inside").post(f"/payments/{payment.pk}/share", typed)
    assert (page.status_code, "77,70" in page.content.decode()) == (422, True)


def test_a_wrong_share_does_not_pass_over_what_was_shared_meanwhile(books: Books, client_of: ClientOf) -> None:
    due, client = books.due("100.00"), client_of("inside")
    payment = books.pay("40.00")
    address, field = f"/payments/{payment.pk}/share", f"due-{due.pk}"
    form = values_of(client.get(f"/payments/{payment.pk}").content.decode(), containing=field)
    assert client.post(address, form | {field: "10"}).status_code == 302
    wrong = client.post(address, form | {field: "tanto"})
    again = values_of(wrong.content.decode(), containing=field)
    assert (wrong.status_code, client.post(address, again | {field: "30"}).status_code) == (422, 422)
    due.refresh_from_db()
    assert due.paid == 10


def test_a_file_is_brought_and_matched_on_its_page(books: Books, client_of: ClientOf) -> None:
    books.due("300.00", document="Fattura 2026/44")
    client = client_of("inside")
    given = SimpleUploadedFile("estratto.csv", TWO_COLUMNS)
    answer = client.post("/payments/bank", {"company": books.world.companies["moda"].pk, "file": given})
    line = BankLine.objects.get(state="proposed")
    assert "Fattura 2026/44" in client.get(answer["Location"]).content.decode()
    client.post(f"{answer['Location']}/act", {"do": f"accept:{line.pk}"})
    assert Due.objects.get().state == "paid"
    broken = SimpleUploadedFile("rotto.csv", b"\x00\x00")
    assert (
        client.post("/payments/bank", {"company": books.world.companies["moda"].pk, "file": broken}).status_code == 422
    )


def test_the_card_of_a_customer_tells_how_he_pays(books: Books, client_of: ClientOf) -> None:
    books.due("100.00", late=10)
    books.pay("100.00")
    card = f"/parties/{books.world.parties['own'].id}/payments"
    assert "+10" in client_of("agent").get(card).content.decode()
    assert "+10" in client_of("agent").get(f"{card}/all").content.decode()


def test_the_public_page_opens_by_its_link_alone(books: Books) -> None:
    due, client = books.due("100.00"), Client()
    books.card()
    address = f"/p/pay/{pay_token(due)}"
    page = client.get(address)
    assert (page.status_code, "100,00" in page.content.decode()) == (200, True)
    assert client.get(address[:-2] + "xx").status_code == 404
    assert client.post(f"{address}/bank_transfer").status_code == 404


def test_the_sandbox_knows_its_key_and_ends_a_session_once(books: Books) -> None:
    card = books.card()
    address = f"/p/pay/sandbox/{card.pk}/v1/checkout/sessions"
    assert Client().post(address, {}).status_code == 401
    price = "line_items[0][price_data]"
    fields = {f"{price}[product_data][name]": "Fattura", f"{price}[unit_amount]": "100", f"{price}[currency]": "eur"}
    fields |= {"success_url": "http://localhost/a", "cancel_url": "http://localhost/b"}
    session = open_session(card, fields, key="one")
    assert open_session(card, fields, key="one").pk == session.pk
    assert Client().get(f"/p/pay/sandbox/{session.pk}").status_code == 200
    assert Client().post(f"/p/pay/sandbox/{session.pk}", {"outcome": "pay"})["Location"] == "http://localhost/a"
    assert Client().post(f"/p/pay/sandbox/{session.pk}", {"outcome": "pay"}).status_code == 422
    assert SandboxSession.objects.get().outcome == "pay"


def test_settings_are_shown_and_never_tell_a_secret(books: Books, client_of: ClientOf) -> None:
    card = books.card()
    page = client_of("admin").get("/settings/payments").content.decode()
    assert f"/p/pay/hooks/{card.pk}" in page
    assert card.secret_key not in client_of("admin").get(f"/settings/payments/account/{card.pk}").content.decode()
