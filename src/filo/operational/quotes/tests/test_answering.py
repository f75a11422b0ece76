"""The customer accepts, rejects, asks; whoever comes second reads one clear sentence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from filo.foundation import clock
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.events.models import OutboxEvent
from filo.operational.quotes.models import Quote, QuoteSignature
from filo.operational.quotes.queries.finding import lines_of, lines_taken
from filo.operational.quotes.services import (
    Evidence,
    accept_quote,
    ask_about_quote,
    new_version,
    reject_quote,
    send_quote,
    withdraw_quote,
)
from filo.operational.quotes.tests.desk import CUSTOMER, Desk

pytestmark = pytest.mark.django_db


def test_the_customer_signs_with_the_options_that_he_wants(desk: Desk) -> None:
    quote = desk.sent(desk.line("shirt"), desk.line("book", optional=True), desk.line("scarf", optional=True))
    _shirt, book, _scarf = lines_of(quote)
    evidence = Evidence("  Anna  Bassi ", sha256="ab" * 32, ip="192.0.2.7", user_agent="Phone")
    found = accept_quote(CUSTOMER, quote, evidence=evidence, chosen=[book.pk])
    assert (found.state, found.net, found.total) == ("accepted", Decimal("60.00"), Decimal("71.40"))
    signed = QuoteSignature.objects.get(quote=quote)
    assert (signed.name, signed.ip, signed.chosen, signed.total) == (
        "Anna Bassi",
        "192.0.2.7",
        [str(book.pk)],
        Decimal("71.40"),
    )
    assert [line.code for line in lines_taken(found)] == ["SHIRT", "BOOK"]
    event = OutboxEvent.objects.get(type="quote.accepted")
    assert (event.data["total"], event.data["by_customer"]) == ("71.40", True)


def test_a_second_acceptance_says_who_was_first(desk: Desk) -> None:
    quote = desk.sent()
    desk.accepted(quote)
    with pytest.raises(DomainError) as refused:
        accept_quote(CUSTOMER, quote, evidence=Evidence("Bruno"))
    assert str(refused.value) == "Anna Bassi ha già accettato questo preventivo."
    assert QuoteSignature.objects.count() == 1
    assert OutboxEvent.objects.filter(type="quote.accepted").count() == 1


def test_what_is_past_replaced_or_withdrawn_is_not_accepted(desk: Desk) -> None:
    with clock.at(clock.now() - timedelta(days=10)):
        past = desk.sent(valid_until=clock.today() + timedelta(days=5))
    replaced = desk.sent()
    send_quote(desk.principal(), new_version(desk.principal(), replaced))
    withdrawn = withdraw_quote(desk.principal(), desk.sent())
    for quote, code in ((past, "expired"), (replaced, "superseded"), (withdrawn, "withdrawn")):
        with pytest.raises(DomainError) as refused:
            accept_quote(CUSTOMER, quote, evidence=Evidence("Anna"))
        assert refused.value.code == f"quote-{code}"
    assert not QuoteSignature.objects.exists()


def test_options_of_another_quote_are_refused(desk: Desk) -> None:
    other = lines_of(desk.sent(desk.line("book", optional=True), desk.line()))[0]
    quote = desk.sent()
    with pytest.raises(InvalidFields):
        accept_quote(CUSTOMER, quote, evidence=Evidence("Anna"), chosen=[other.pk])
    assert Quote.objects.get(pk=quote.pk).state == "sent"


def test_a_colleague_says_how_the_customer_accepted(desk: Desk) -> None:
    quote = desk.sent()
    with pytest.raises(InvalidFields) as refused:
        accept_quote(desk.principal(), quote, evidence=Evidence("Anna Bassi"))
    assert list(refused.value.fields) == ["note"]
    found = accept_quote(desk.principal(), quote, evidence=Evidence("Anna Bassi", note="al telefono"))
    assert (found.state, found.signature.user_id) == ("accepted", desk.world.people["agent"].id)


def test_rejecting_takes_a_reason_and_can_be_said_late(desk: Desk) -> None:
    quote = desk.sent()
    with pytest.raises(InvalidFields):
        reject_quote(CUSTOMER, quote, reason=" ")
    found = reject_quote(CUSTOMER, quote, reason="Troppo caro")
    assert (found.state, found.reject_reason) == ("rejected", "Troppo caro")
    with pytest.raises(DomainError) as refused:
        accept_quote(CUSTOMER, quote, evidence=Evidence("Anna"))
    assert refused.value.code == "quote-rejected"


def test_a_question_is_kept_and_announced(desk: Desk) -> None:
    quote = desk.sent()
    ask_about_quote(CUSTOMER, quote, "Quando arriva?")
    assert [one.text for one in quote.questions.all()] == ["Quando arriva?"]
    assert OutboxEvent.objects.filter(type="quote.question").count() == 1
