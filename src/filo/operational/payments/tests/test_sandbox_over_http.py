"""The whole way over HTTP: the customer presses *pay by card*, chooses in the sandbox, and its signed message pays."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from filo.foundation.jobs.models import Job
from filo.operational.payments.models import Due, Payment, ProviderAccount, ProviderEvent
from filo.operational.payments.queries.public import pay_token
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.services.sandbox import deliver
from filo.operational.payments.tests.books import Books
from filo.testing.world import build_world


def run_messages() -> list[int]:
    """What the jobs of the sandbox do."""
    found, card = [], ProviderAccount.objects.get(kind="card")
    for job in Job.objects.filter(name="payments.send_from_sandbox").order_by("id"):
        found.append(deliver(card, job.args["body"]))
        assert json.loads(job.args["body"])["object"] == "event"
        job.delete()
    return found


@pytest.mark.django_db(transaction=True)
def test_from_the_link_to_the_paid_due_and_back(live_server: LiveServer, settings: Settings) -> None:
    settings.SITE_URL = live_server.url
    books = Books(build_world())
    due = books.due("100.00")
    books.card()
    client = Client()
    answer = client.post(f"/p/pay/{pay_token(due)}/card")
    assert answer.status_code == 302, answer.content
    assert Payment.objects.get().state == "pending"
    sandbox = answer["Location"].removeprefix(live_server.url)
    assert sandbox.startswith("/p/pay/sandbox/cs_test_")
    client.post(sandbox, {"outcome": "pay", "again": "on", "disordered": "on"})
    assert run_messages() == [200] * 6
    due.refresh_from_db()
    assert (due.state, Payment.objects.get().state) == ("paid", "succeeded")
    assert ProviderEvent.objects.count() == 2
    refund = refund_payment(books.principal("admin"), Payment.objects.get(), amount=due.amount, reason="Reso")
    assert run_messages() == [200]
    assert (refund.state, Payment.objects.get().state, Due.objects.get().state) == ("done", "refunded", "open")
