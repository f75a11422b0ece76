"""More than one may give back alone is asked; the yes gives it back, through the provider where it came by one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.foundation import egress
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.jobs.models import Job
from filo.operational.approvals.models import Approval
from filo.operational.approvals.queries import deciders_of
from filo.operational.approvals.services import decide_approval
from filo.operational.payments.jobs import give_back
from filo.operational.payments.models import Due, Payment, Refund, RefundCap
from filo.operational.payments.providers.contract import ProviderFailed
from filo.operational.payments.providers.dialling import own_address, post
from filo.operational.payments.services.refunding import refund_payment
from filo.operational.payments.services.settings import keep_cap
from filo.operational.payments.tests.books import Books
from filo.testing.clients import CheckedClient

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]


def capped(books: Books, most: str = "50.00") -> Payment:
    """Inside sales may give back so much."""
    keep_cap(books.principal("admin"), role="inside-sales", most=Decimal(most))
    return books.pay("100.00")


def ask(books: Books, payment: Payment, amount: str = "80.00") -> Refund:
    return refund_payment(books.principal("inside"), payment, amount=Decimal(amount), reason="Reso")


def test_up_to_the_cap_nobody_is_asked(books: Books) -> None:
    payment = capped(books)
    assert ask(books, payment, "50.00").state == "done"
    assert not Approval.objects.exists()


def test_beyond_it_nothing_counts_until_somebody_says_yes(books: Books) -> None:
    due, payment = books.due("100.00"), capped(books)
    refund = ask(books, payment)
    approval = Approval.objects.get()
    payment.refresh_from_db()
    assert (refund.state, payment.refunded, approval.weight) == ("asked", Decimal(0), Decimal("80.00"))
    with pytest.raises(Forbidden):
        decide_approval(books.principal("inside"), approval, approved=True)
    with pytest.raises(DomainError):
        ask(books, payment, "60.00")
    decide_approval(books.principal("admin"), approval, approved=True)
    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (refund.state, payment.refunded) == ("done", Decimal("80.00"))
    assert Due.objects.get(pk=due.pk).left == Decimal("80.00")


def test_a_no_is_kept_with_its_reason(books: Books) -> None:
    payment = capped(books)
    refund = ask(books, payment)
    decide_approval(books.principal("admin"), Approval.objects.get(), approved=False, note="Prima la merce")
    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (refund.state, refund.failure, payment.refunded) == ("denied", "Prima la merce", Decimal(0))


def test_what_has_gone_meanwhile_is_not_given_twice(books: Books) -> None:
    payment = capped(books)
    refund = ask(books, payment)
    refund_payment(books.principal("admin"), payment, amount=Decimal("40.00"), reason="Sconto")
    decide_approval(books.principal("admin"), Approval.objects.get(), approved=True)
    refund.refresh_from_db()
    payment.refresh_from_db()
    assert (refund.state, payment.refunded) == ("failed", Decimal("40.00"))
    assert "60,00" in refund.failure


def test_whose_cap_is_lower_does_not_decide(books: Books) -> None:
    payment = capped(books)
    keep_cap(books.principal("admin"), role="management", most=Decimal("70.00"))
    ask(books, payment)
    assert {one.role.code for one in deciders_of(Approval.objects.get())} == {"administrator"}


def test_through_the_provider_it_is_a_job_with_one_key(books: Books) -> None:
    card, due = books.card(), books.due("100.00")
    keep_cap(books.principal("admin"), role="inside-sales", most=Decimal(0))
    payment = books.begun(due, card)
    Payment.objects.filter(pk=payment.pk).update(state="succeeded", provider_intent="pi_1")
    refund = ask(books, Payment.objects.get(pk=payment.pk))
    decide_approval(books.principal("admin"), Approval.objects.get(), approved=True)
    refund.refresh_from_db()
    (job,) = Job.objects.filter(name=give_back.name)
    assert (refund.state, job.args) == ("begun", {"refund": str(refund.pk)})


def test_a_cap_is_set_and_taken_away_on_its_page(books: Books, client_of: ClientOf) -> None:
    client = client_of("admin")
    made = client.post("/settings/payments/cap/new", {"role": "inside-sales", "most": "250,50"})
    assert made.status_code == 302
    cap = RefundCap.objects.get()
    assert cap.most == Decimal("250.50")
    assert "250" in client.get("/settings/payments").content.decode()
    client.post(f"/settings/payments/cap/{cap.pk}", {"role": "inside-sales", "most": ""})
    assert not RefundCap.objects.exists()
    assert client_of("agent").post("/settings/payments/cap/new", {"role": "agent", "most": "1"}).status_code == 403
    with pytest.raises(InvalidFields):
        keep_cap(books.principal("admin"), role="agent", most=Decimal(-1))


def test_asking_is_told_on_the_page(books: Books, client_of: ClientOf) -> None:
    payment = capped(books)
    client = client_of("inside")
    answer = client.post(f"/payments/{payment.pk}/refund", {"amount": "80,00", "reason": "Reso"})
    assert answer.status_code == 302
    page = client.get(f"/payments/{payment.pk}").content.decode()
    assert "Da approvare" in page
    assert Refund.objects.get().state == "asked"


def test_only_the_house_itself_may_lie_in_a_private_network(settings: object) -> None:
    settings.SITE_URL = "http://127.0.0.1:9"  # type: ignore[attr-defined]  # pytest-django's
    settings.EGRESS_ALLOW = []  # type: ignore[attr-defined]
    with pytest.raises(ProviderFailed) as failed:
        post(own_address("/p/pay/sandbox/x"), headers={}, content=b"")
    assert failed.value.reason == str(egress.FAILURES["no-connection"])
    with pytest.raises(ProviderFailed) as refused:
        post("http://127.0.0.1:10/p/pay/sandbox/x", headers={}, content=b"")
    assert refused.value.reason == str(egress.REFUSALS["private"])
    with pytest.raises(egress.EgressRefused):
        egress.call("POST", "http://127.0.0.1:10/", house=True)
