"""Whoever goes beyond his cap asks; whoever may give as much says yes or no."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.operational.approvals.models import Approval
from filo.operational.approvals.queries import deciders_of, waiting_for
from filo.operational.approvals.services import decide_approval
from filo.operational.quotes.models import Quote
from filo.operational.quotes.services import ask_for_approval, send_quote, stop_asking, write_lines
from filo.operational.quotes.tests.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(desk: Desk) -> Quote:
    """The agent may give 10 %, his manager 20 %; 15 % is asked for."""
    desk.cap("agent", "10")
    desk.cap("area-manager", "20")
    return ask_for_approval(desk.principal(), desk.draft(desk.line("shirt", discounts="15")))


def test_beyond_the_cap_it_is_not_sent_but_asked(desk: Desk) -> None:
    desk.cap("agent", "10")
    quote = desk.draft(desk.line("shirt", discounts="10+5"))
    with pytest.raises(DomainError) as refused:
        send_quote(desk.principal(), quote)
    assert refused.value.code == "quote-beyond-caps"
    assert desk.sent(desk.line("shirt", discounts="10")).state == "sent"


def test_it_says_what_is_beyond_and_waits_for_those_who_may(desk: Desk, asked: Quote) -> None:
    approval = Approval.objects.get()
    assert (asked.state, approval.weight) == ("waiting", Decimal("15.00"))
    assert approval.why == "SHIRT: 15 % di sconto, consentito 10 %."
    assert {person.email for person in deciders_of(approval)} == {
        "admin@aurora.example",
        "boss@aurora.example",
        "manager@aurora.example",
    }
    assert waiting_for(desk.principal("manager")) == [approval]
    assert waiting_for(desk.principal("other_manager")) == []


def test_approved_it_can_be_sent(desk: Desk, asked: Quote) -> None:
    decide_approval(desk.principal("manager"), Approval.objects.get(), approved=True)
    assert send_quote(desk.principal(), asked).state == "sent"


def test_refused_it_is_a_draft_again_with_the_reason(desk: Desk, asked: Quote) -> None:
    with pytest.raises(InvalidFields):
        decide_approval(desk.principal("manager"), Approval.objects.get(), approved=False)
    decide_approval(desk.principal("manager"), Approval.objects.get(), approved=False, note="Al massimo 12")
    asked.refresh_from_db()
    assert asked.state == "draft"


def test_nobody_approves_his_own_nor_more_than_he_may_give(desk: Desk) -> None:
    desk.cap("agent", "10")
    desk.cap("area-manager", "20")
    quote = desk.draft(desk.line("shirt", discounts="25"))
    approval = Approval.objects.get(subject_id=ask_for_approval(desk.principal(), quote).pk)
    for name in ("agent", "manager", "teammate"):
        with pytest.raises(Forbidden):
            decide_approval(desk.principal(name), approval, approved=True)
    assert decide_approval(desk.principal("boss"), approval, approved=True).state == "approved"


def test_what_was_approved_and_goes_further_down_is_asked_anew(desk: Desk, asked: Quote) -> None:
    decide_approval(desk.principal("manager"), Approval.objects.get(), approved=True)
    changed = write_lines(desk.principal(), asked, [desk.line("shirt", discounts="18")])
    assert changed.state == "draft"


def test_it_is_not_asked_any_more_when_it_goes_back_to_be_changed(desk: Desk, asked: Quote) -> None:
    assert stop_asking(desk.principal(), asked).state == "draft"
    assert Approval.objects.get().state == "withdrawn"
    with pytest.raises(DomainError) as refused:
        decide_approval(desk.principal("manager"), Approval.objects.get(), approved=True)
    assert refused.value.code == "approval-decided"
