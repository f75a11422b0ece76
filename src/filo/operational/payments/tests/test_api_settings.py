"""Reminders and the settings of payments at the API: secrets are written and never read."""

from __future__ import annotations

from typing import Any

import pytest

from filo.foundation.mail.models import OutgoingMail
from filo.operational.payments.models import ProviderAccount, Reminder, ReminderStep
from filo.operational.payments.queries.accounts import account_of
from filo.operational.payments.services.dues import dispute_due
from filo.operational.payments.services.ready import make_ready
from filo.operational.payments.tests.books import Books
from filo.testing.api import ApiClient, api_of

pytestmark = pytest.mark.django_db
IBAN = "IT60X0542811101000000123456"
STEP = {
    "after_days": 7,
    "subject_it": "{{ document }}: promemoria",
    "text_it": "Restano {{ left }}.",
    "subject_en": "{{ document }}: a reminder",
    "text_en": "{{ left }} are open.",
}


@pytest.fixture
def admin(books: Books) -> ApiClient:
    return api_of(books.world, "admin")


def test_whom_one_would_remind_is_read_sent_once_and_listed(books: Books, admin: ApiClient) -> None:
    make_ready(books.principal("admin"))
    late, disputed = books.due("100.00", late=10), books.due("50.00", late=10, document="Fattura 2026/44")
    dispute_due(books.principal("admin"), disputed, "Merce difettosa")
    (letter,) = admin.read("/reminders/today").json()["items"]
    assert (letter["due"], letter["after_days"], letter["days_late"]) == (str(late.pk), 5, 10)
    assert (letter["to"] != "", "Fattura 2026/31" in letter["subject"]) == (True, True)
    for number in (1, 0):
        answer = admin.send("/reminders", {"dues": [str(late.pk), str(disputed.pk)]})
        assert answer.json() == {"sent": number}
    assert (Reminder.objects.count(), OutgoingMail.objects.count()) == (1, 1)
    (found,) = admin.read("/reminders").json()["items"]
    assert (found["due"], found["to"], found["after_days"]) == (str(late.pk), letter["to"], 5)
    assert admin.read(f"/dues/{late.pk}").json()["reminders"][0]["subject"] == found["subject"]
    assert admin.read("/reminders/today").json()["items"] == []


def test_reminders_are_for_those_who_keep_the_books(books: Books) -> None:
    due = books.due("100.00", late=10)
    make_ready(books.principal("admin"))
    agent, stranger = api_of(books.world, "agent"), api_of(books.world, "stranger")
    assert agent.read("/reminders/today").status_code == 403
    assert agent.send("/reminders", {"dues": [str(due.pk)]}).status_code == 403
    api_of(books.world, "inside").send("/reminders", {"dues": [str(due.pk)]})
    assert agent.read("/reminders").json()["count"] == 1
    assert stranger.read("/reminders").json()["items"] == []


def test_secrets_are_written_and_never_read(books: Books, admin: ApiClient) -> None:
    body: dict[str, Any] = {"company": books.world.companies["moda"].code, "kind": "card", "secret_key": "sk_hidden"}
    assert list(admin.send("/payment-accounts", body).json()["fields"]) == ["secret_key"]
    made = admin.send("/payment-accounts", body | {"webhook_secret": "whsec_hidden"})
    path = made["Location"].removeprefix("/api/v1")
    answers = [made, admin.read(path), admin.read("/payment-accounts"), admin.change(path, {"active": False})]
    assert not any("hidden" in answer.content.decode() for answer in answers)
    found = answers[-1].json()
    assert (found["active"], found["has_secret_key"], found["has_webhook_secret"]) == (False, True, True)
    assert found["webhook_url"].endswith(f"/p/pay/hooks/{found['id']}")
    admin.change(path, {"secret_key": "sk_newer", "webhook_secret": ""})
    account = account_of(ProviderAccount.objects.get())
    assert (account.secret_key, account.webhook_secret) == ("sk_newer", "whsec_hidden")


def test_of_a_way_to_pay_only_what_is_sent_changes(books: Books, admin: ApiClient) -> None:
    body = {"company": books.world.companies["moda"].code, "kind": "bank_transfer", "iban": IBAN, "holder": "Aurora"}
    path = admin.send("/payment-accounts", body)["Location"].removeprefix("/api/v1")
    assert admin.change(path, {"holder": "Aurora Moda S.r.l."}).json()["iban"] == IBAN
    for wrong, field in (({"iban": "IT00"}, "iban"), ({"iban": ""}, "iban"), ({"base": "ftp://example.org"}, "base")):
        answer = admin.change(path, wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert list(admin.send("/payment-accounts", body | {"kind": "barter"}).json()["fields"]) == ["kind"]


def test_steps_of_reminding_are_made_changed_and_taken_out_of_use(books: Books, admin: ApiClient) -> None:
    made = admin.send("/reminder-steps", STEP)
    path = made["Location"].removeprefix("/api/v1")
    assert admin.read(path).json() == made.json() == STEP | {"id": made.json()["id"], "active": True}
    assert admin.change(path, {"active": False}).json()["text_it"] == STEP["text_it"]
    assert ReminderStep.objects.get().active is False
    for wrong, field in (
        ({"after_days": 0}, "after_days"),
        ({"after_days": 1000}, "after_days"),
        ({"text_en": "{{ colour }}"}, "text_en"),
        ({"subject_it": " "}, "subject_it"),
    ):
        answer = admin.change(path, wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
    assert list(admin.send("/reminder-steps", STEP).json()["fields"]) == ["after_days"]
    assert admin.read("/reminder-steps").json()["count"] == 1


def test_rates_and_caps_are_written_and_read(books: Books, admin: ApiClient) -> None:
    rate = {"since": "2026-07-01", "percent": "10.15", "source": "G.U. 160/2026"}
    assert admin.send("/interest-rates", rate).status_code == 201
    assert admin.send("/interest-rates", rate | {"percent": "10.25"}).json()["percent"] == "10.25"
    assert admin.read("/interest-rates").json()["count"] == 1
    for wrong in ({"percent": "-1"}, {"percent": "molto"}, {"source": ""}):
        answer = admin.send("/interest-rates", rate | wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, list(wrong))
    assert admin.send("/refund-caps", {"role": "inside-sales", "most": "50.00"}).json()["most"] == "50.00"
    assert admin.read("/refund-caps").json()["items"] == [{"role": "inside-sales", "most": "50.00"}]
    assert list(admin.send("/refund-caps", {"role": "pirate", "most": "1.00"}).json()["fields"]) == ["role"]
    assert list(admin.send("/refund-caps", {"role": "inside-sales", "most": "-1"}).json()["fields"]) == ["most"]
    assert admin.send("/refund-caps", {"role": "inside-sales", "most": None}).json()["most"] is None
    assert admin.read("/refund-caps").json()["items"] == []


def test_what_comes_with_filo_is_added_once(books: Books, admin: ApiClient) -> None:
    assert admin.send("/reminder-steps/usual").json()["added"] > 3
    assert admin.send("/reminder-steps/usual").json() == {"added": 0}


def test_settings_are_for_those_who_may_see_and_change_them(books: Books) -> None:
    inside = api_of(books.world, "inside")
    for path in ("/payment-accounts", "/reminder-steps", "/interest-rates", "/refund-caps"):
        assert inside.read(path).status_code == 403
    assert inside.send("/reminder-steps", STEP).status_code == 403
    reading = api_of(books.world, "admin", scopes=["settings:read"])
    assert (reading.read("/reminder-steps").status_code, reading.send("/reminder-steps", STEP).status_code) == (
        200,
        403,
    )
