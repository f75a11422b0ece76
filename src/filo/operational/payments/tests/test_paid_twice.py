"""What is paid is not taken twice: open pages of the provider are ended; what came twice is told and given back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from filo.foundation.events.services import relay_batch
from filo.foundation.jobs.models import Job
from filo.foundation.notices.models import Notice
from filo.operational.payments.models import Due, Payment, Refund, SandboxSession
from filo.operational.payments.providers.card import provider
from filo.operational.payments.queries.public import pay_token
from filo.operational.payments.services.ending import end_begun
from filo.operational.payments.services.providing import receive_webhook
from filo.operational.payments.tests.books import Books, message, signed
from filo.operational.payments.tests.test_refunds_through_a_provider import DONE, Provider
from filo.operational.payments.tests.test_sandbox_over_http import run_messages
from filo.testing.clients import CheckedClient
from filo.testing.world import build_world

ClientOf = Callable[[str], CheckedClient]


@pytest.mark.django_db(transaction=True)
def test_pages_that_are_open_still_take_nothing_once_it_is_paid(live_server: LiveServer, settings: Settings) -> None:
    settings.SITE_URL = live_server.url
    books = Books(build_world())
    due = books.due("100.00")
    books.card()
    client, begin = Client(), f"/p/pay/{pay_token(due)}/card"
    older, newer = (client.post(begin)["Location"].removeprefix(live_server.url) for _time in range(2))
    client.post(newer, {"outcome": "pay"})
    run_messages()
    relay_batch()
    jobs = Job.objects.filter(name="payments.end_session")
    (job,) = jobs
    assert end_begun(Payment.objects.get(pk=job.args["payment"])) is True
    run_messages()
    assert client.post(older, {"outcome": "pay"}).status_code == 422
    assert 'value="pay"' not in client.get(older).content.decode()
    assert 'value="pay"' not in client.get(newer).content.decode()
    assert sorted(Payment.objects.values_list("state", flat=True)) == ["failed", "succeeded"]
    relay_batch()
    assert not Notice.objects.filter(kind="payment.failed").exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_owed_still_is_not_ended(live_server: LiveServer, settings: Settings) -> None:
    settings.SITE_URL = live_server.url
    books = Books(build_world())
    due = books.due("100.00")
    books.card()
    Client().post(f"/p/pay/{pay_token(due)}/card")
    assert end_begun(Payment.objects.get()) is False
    assert Payment.objects.get().state == "pending"
    session = SandboxSession.objects.get()
    address = f"/p/pay/sandbox/{session.account_id}/v1/checkout/sessions/{session.pk}/expire"
    assert Client().post(address).status_code == 401, "only who has the key ends it"
    session.refresh_from_db()
    assert session.outcome == ""


@pytest.mark.django_db
def test_what_came_twice_is_told_to_the_office_and_given_back_at_once(
    books: Books, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider, "post", Provider(DONE).post)
    due, card = books.due("100.00"), books.card()
    first, second = books.begun(due, card), books.begun(due, card)
    for place, one in enumerate((first, second), 1):
        body = message(one, event=f"evt_{place}", id=f"cs_{place}", payment_intent=f"pi_{place}")
        receive_webhook(card, signed(card, body), body)
    relay_batch()
    told = Notice.objects.filter(kind="payment.twice")
    assert {one.person_id for one in told} >= {books.world.people[name].pk for name in ("agent", "inside")}
    assert set(told.values_list("subject_id", flat=True)) == {second.pk}
    assert "100,00" in Client().get(f"/p/pay/{pay_token(due)}").content.decode()
    page = client_of("inside").get(f"/payments/{second.pk}").content.decode()
    assert 'name="amount" value="100,00"' in page
    assert 'type="hidden" name="amount"' not in client_of("inside").get(f"/payments/{first.pk}").content.decode()
    assert 'type="hidden" name="amount"' not in client_of("agent").get(f"/payments/{second.pk}").content.decode()
    client_of("inside").post(f"/payments/{second.pk}/refund", {"amount": "100,00", "reason": "Pagato due volte"})
    second.refresh_from_db()
    assert (Refund.objects.get().payment, f"{second.left}", Due.objects.get().state) == (second, "0.00", "paid")
    assert "100,00" not in Client().get(f"/p/pay/{pay_token(due)}").content.decode()
