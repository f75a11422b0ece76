"""A quote goes out with a number that nobody else has; a new version keeps it and takes its place."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.jobs.models import Job
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.finding import lines_of, newer_version, quote_by_link, quote_token
from filo.operational.quotes.services import change_quote, new_version, send_quote, withdraw_quote, write_lines
from filo.operational.quotes.services.ending import expire_quotes, warn_of_expiring
from filo.operational.quotes.tests.desk import Desk

pytestmark = pytest.mark.django_db


def test_numbers_follow_each_other_in_each_company(desk: Desk) -> None:
    year = clock.today().year
    first, second = desk.sent(), desk.sent()
    assert (first.name, second.name) == (f"{year}/1", f"{year}/2")
    assert first.state == "sent"
    assert not Job.objects.filter(name="quotes.deliver").exists()


def test_sending_by_mail_prints_and_mails_after_the_commit(desk: Desk) -> None:
    quote = send_quote(desk.principal(), desk.draft(), to="info@lanificio.example", message="Come d'accordo.")
    assert quote.sent_to == "info@lanificio.example"
    assert Job.objects.filter(name="quotes.deliver").count() == 1
    assert send_quote(desk.principal(), quote, to="info@lanificio.example").version == quote.version


def test_an_address_that_is_none_is_refused_and_no_number_is_lost(desk: Desk) -> None:
    quote = desk.draft()
    with pytest.raises(InvalidFields):
        send_quote(desk.principal(), quote, to="nobody")
    assert Quote.objects.get(pk=quote.pk).number is None
    assert desk.sent().number == 1


def test_an_empty_one_and_one_of_yesterday_are_not_sent(desk: Desk) -> None:
    quote = desk.draft()
    write_lines(desk.principal(), quote, [])
    with pytest.raises(DomainError) as refused:
        send_quote(desk.principal(), quote)
    assert refused.value.code == "quote-empty"
    with pytest.raises(InvalidFields):
        desk.sent(valid_until=clock.today() - timedelta(days=1))


def test_a_new_version_keeps_the_number_and_replaces_the_older_when_it_is_sent(desk: Desk) -> None:
    quote = desk.sent(desk.line("shirt", "2"))
    newer = new_version(desk.principal(), quote)
    assert (newer.name, newer.state) == (f"{quote.name} v2", "draft")
    assert [line.quantity for line in lines_of(newer)] == [2]
    assert Quote.objects.get(pk=quote.pk).state == "sent"
    assert new_version(desk.principal(), quote).pk == newer.pk
    send_quote(desk.principal(), newer)
    assert Quote.objects.get(pk=quote.pk).state == "superseded"
    assert newer_version(quote) == newer
    assert desk.sent().number == 2


def test_a_new_version_is_not_sent_where_the_older_was_accepted_meanwhile(desk: Desk) -> None:
    quote = desk.sent()
    newer = new_version(desk.principal(), quote)
    desk.accepted(quote)
    with pytest.raises(DomainError) as refused:
        send_quote(desk.principal(), newer)
    assert refused.value.code == "quote-accepted"


def test_a_draft_changes_its_facts_and_a_sent_one_only_the_note_of_colleagues(desk: Desk) -> None:
    quote = change_quote(desk.principal(), desk.draft(), payment_terms="30 giorni", version=1)
    assert (quote.payment_terms, quote.version) == ("30 giorni", 2)
    sent = send_quote(desk.principal(), quote)
    assert change_quote(desk.principal(), sent, internal_note="chiamare").internal_note == "chiamare"
    with pytest.raises(DomainError):
        change_quote(desk.principal(), sent, payment_terms="60 giorni")


def test_what_nobody_answers_is_warned_of_once_and_expires(desk: Desk) -> None:
    with clock.at(clock.now() - timedelta(days=10)):
        late = desk.sent(valid_until=clock.today() + timedelta(days=5))
    soon = desk.sent(valid_until=clock.today() + timedelta(days=2))
    assert (warn_of_expiring(), warn_of_expiring()) == (1, 0)
    assert (expire_quotes(), expire_quotes()) == (1, 0)
    assert Quote.objects.get(pk=late.pk).state == "expired"
    assert Quote.objects.get(pk=soon.pk).state == "sent"


def test_a_link_leads_to_its_quote_and_to_no_other_purpose(desk: Desk) -> None:
    quote = desk.sent()
    token = quote_token(quote)
    assert quote_by_link(token) == quote
    assert quote_by_link(token[:-1] + ("A" if token[-1] != "A" else "B")) is None


def test_withdrawing_twice_changes_nothing(desk: Desk) -> None:
    quote = withdraw_quote(desk.principal(), desk.sent())
    assert quote.state == "withdrawn"
    assert withdraw_quote(desk.principal(), quote).version == quote.version
