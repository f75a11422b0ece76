"""Who asks for a person hears how long it takes, and how long it took is measured in hours of work."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from time_machine import TimeMachineFixture

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.operational.service.queries import status_link
from filo.operational.service.queries.reports import service_report
from filo.operational.service.queries.waiting import wait_to_expect
from filo.operational.service.services import note_answer, want_person
from filo.operational.service.tests.desk import POST, Desk
from filo.operational.service.words import wait_words

pytestmark = pytest.mark.django_db
CUSTOMER = system("customer")
ROME = ZoneInfo("Europe/Rome")
MONDAY = datetime(2026, 11, 2, 10, tzinfo=ROME)


@pytest.fixture(autouse=True)
def on_a_monday(time_machine: TimeMachineFixture) -> None:
    cache.clear()
    time_machine.move_to(MONDAY, tick=False)


def person_after(desk: Desk, minutes: int) -> None:
    """Somebody asked for a person on Monday at ten, who answered so many minutes later."""
    ticket = want_person(CUSTOMER, desk.open(), way="mail")
    note_answer(desk.principal(), ticket, at=clock.now() + timedelta(minutes=minutes), automatic=False)


def test_what_is_promised_is_told_as_long_as_nothing_is_known(desk: Desk) -> None:
    found = wait_to_expect(desk.group, clock.now())
    assert (found.by, found.cases, found.opens) == (MONDAY + timedelta(hours=2), 0, None)


def test_what_half_of_them_waited_is_told_as_soon_as_there_are_some(desk: Desk) -> None:
    for minutes in (5, 10, 20, 60, 180):
        person_after(desk, minutes)
    found = wait_to_expect(desk.group, clock.now())
    assert (found.by, found.cases) == (MONDAY + timedelta(minutes=20), 5)


def test_at_night_it_is_told_when_we_open(desk: Desk) -> None:
    night = MONDAY.replace(hour=23)
    found = wait_to_expect(desk.group, night)
    assert found.opens == MONDAY.replace(day=3, hour=9)
    assert found.by == MONDAY.replace(day=3, hour=11)


def test_a_night_does_not_count_as_waiting(desk: Desk, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(MONDAY.replace(hour=17, minute=30), tick=False)
    ticket = want_person(CUSTOMER, desk.open(), way="mail")
    note_answer(POST, ticket, at=MONDAY.replace(day=3, hour=9, minute=15), automatic=True)  # no machine is a person
    note_answer(desk.principal(), ticket, at=MONDAY.replace(day=3, hour=9, minute=30), automatic=False)
    ticket.refresh_from_db()
    assert ticket.person_waited == 60
    report = service_report(desk.principal("boss"), since=MONDAY.date(), until=MONDAY.date())
    assert report.whole.minutes_to_person == 60


def test_who_asks_again_is_measured_again(desk: Desk) -> None:
    ticket = want_person(CUSTOMER, desk.open(), way="mail")
    note_answer(desk.principal(), ticket, at=clock.now() + timedelta(minutes=30), automatic=False)
    ticket = want_person(CUSTOMER, ticket, way="mail")
    assert ticket.person_waited is None


def test_the_customer_reads_it_on_his_page(desk: Desk) -> None:
    link = status_link(desk.open())
    page = Client().get(link[link.index("/p/") :]).content.decode()
    assert "Una persona risponde entro le 12:00 di oggi." in page


def test_a_letter_names_the_day(desk: Desk) -> None:
    said = wait_words(wait_to_expect(desk.group, clock.now()), lasting=True)
    assert said == "Una persona risponde entro le 12:00 di lunedì 2 novembre."


def test_in_a_letter_days_are_told_by_their_names(desk: Desk) -> None:
    wait = wait_to_expect(desk.group, MONDAY.replace(hour=23))
    assert wait_words(wait, lasting=True) == (
        "Adesso siamo chiusi, apriamo martedì 3 novembre alle 09:00. "
        "Una persona risponde entro le 11:00 di martedì 3 novembre."
    )
    with translation.override("en"):
        assert wait_words(wait, lasting=True) == (
            "We are closed now and open on Tuesday 3 November at 09:00. "
            "A person answers by 11:00 on Tuesday 3 November."
        )
