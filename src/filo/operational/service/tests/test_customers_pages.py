"""The customer sees how his request stands, adds to it, wants a person, and says how it was, without signing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from time_machine import TimeMachineFixture

from filo.foundation import clock
from filo.foundation.mail.models import OutgoingMail
from filo.operational.service.models import ServiceGroup, Survey, TicketNote
from filo.operational.service.queries import status_link
from filo.operational.service.services import add_ticket_note, ask_customers, set_ticket_state
from filo.operational.service.services.surveys import ask_at_once, satisfaction_token
from filo.operational.service.tests.desk import POST, Desk

pytestmark = pytest.mark.django_db


def path_of(link: str) -> str:
    return link[link.index("/p/") :]


def test_number_and_address_lead_to_the_page_and_a_wrong_pair_to_nothing(desk: Desk) -> None:
    cache.clear()
    ticket, client = desk.open("Anta rotta"), Client()
    right = client.post("/p/requests", {"number": f"#{ticket.number}", "address": "ROSSI@example.com"})
    assert right.status_code == 302
    page = client.get(right["Location"]).content.decode()
    assert "Anta rotta" in page
    for number, address in ((ticket.number, "other@example.com"), ("100999-9", "rossi@example.com"), ("", "")):
        wrong = client.post("/p/requests", {"number": number, "address": address})
        assert (wrong.status_code, "Anta rotta" in wrong.content.decode()) == (422, False)


def test_numbers_cannot_be_tried_by_the_dozen(desk: Desk) -> None:
    cache.clear()
    client = Client()
    answers = [client.post("/p/requests", {"number": "1", "address": "a@example.com"}).status_code for _n in range(11)]
    assert answers == [422] * 10 + [429]


def test_every_changed_letter_of_a_link_leads_nowhere(desk: Desk) -> None:
    link = path_of(status_link(desk.open()))
    head, token = link.rsplit("/", 1)
    for place in range(0, len(token), 3):
        other = token[:place] + ("a" if token[place] != "a" else "b") + token[place + 1 :]
        assert Client().get(f"{head}/{other}").status_code == 404
    assert Client().get(f"/p/satisfaction/{token}").status_code == 404  # a link is for one purpose


def test_only_public_notes_stand_on_the_page(desk: Desk) -> None:
    ticket = desk.open()
    add_ticket_note(desk.principal(), ticket, "Il cliente è insistente.")
    add_ticket_note(desk.principal(), ticket, "Il ricambio parte domani.", public=True)
    page = Client().get(path_of(status_link(ticket))).content.decode()
    assert ("insistente" in page, "parte domani" in page) == (False, True)


def test_what_the_customer_adds_opens_a_solved_request(desk: Desk) -> None:
    ticket = desk.open()
    set_ticket_state(desk.principal(), ticket, "solved")
    link = path_of(status_link(ticket))
    assert Client().post(f"{link}/say", {"text": "Si è rotta di nuovo."}).status_code == 302
    ticket.refresh_from_db()
    assert (ticket.state, ticket.reopened) == ("open", 1)
    assert TicketNote.objects.get(ticket=ticket, by_customer=True).text == "Si è rotta di nuovo."
    assert Client().post(f"{link}/say", {"text": "  "}).status_code == 422


def test_a_call_needs_a_number(desk: Desk) -> None:
    ticket = desk.open()
    link = path_of(status_link(ticket))
    assert Client().post(f"{link}/person", {"way": "call", "telephone": ""}).status_code == 422
    assert Client().post(f"{link}/person", {"way": "call", "telephone": "02 1234567"}).status_code == 302
    ticket.refresh_from_db()
    assert ticket.person_wanted_at is not None


def test_he_is_asked_once_and_not_again_within_a_month(desk: Desk, time_machine: TimeMachineFixture) -> None:
    first, second = desk.open("Uno"), desk.open("Due")
    for ticket in (first, second):
        set_ticket_state(POST, ticket, "solved")
    assert ask_customers() == 0  # it may not be the end yet
    time_machine.move_to(clock.now() + timedelta(hours=3), tick=False)
    assert (ask_customers(), ask_customers()) == (1, 0)
    assert OutgoingMail.objects.filter(to="rossi@example.com").count() == 1
    assert list(Survey.objects.values_list("ticket", flat=True)) == [first.id]


def test_a_group_says_when_its_customers_are_asked(desk: Desk, time_machine: TimeMachineFixture) -> None:
    later, at_once = desk.open("Più tardi"), desk.open("Subito")
    ServiceGroup.objects.filter(pk=desk.group.pk).update(asks_after=30)
    assert later.group_id == desk.group.id
    set_ticket_state(POST, later, "solved")
    time_machine.move_to(clock.now() + timedelta(minutes=29), tick=False)
    assert (ask_customers(), ask_at_once(later.id)) == (0, False)
    time_machine.move_to(clock.now() + timedelta(minutes=2), tick=False)
    assert ask_customers() == 1
    Survey.objects.all().delete()
    ServiceGroup.objects.filter(pk=desk.group.pk).update(asks_after=0)
    set_ticket_state(POST, at_once, "solved")
    assert (ask_at_once(at_once.id), ask_at_once(at_once.id), ask_customers()) == (True, False, 0)


def test_a_program_that_opens_links_does_not_vote_and_one_press_does(desk: Desk) -> None:
    ticket = desk.open()
    survey = Survey.objects.create(ticket=ticket, address="rossi@example.com", asked_at=clock.now())
    link = f"/p/satisfaction/{satisfaction_token(survey)}"
    page = Client().get(f"{link}?score=4")
    survey.refresh_from_db()
    assert (page.status_code, survey.score) == (200, None)
    assert 'value="4" required checked' in page.content.decode()
    assert Client().post(link, {"score": "4", "comment": "Bravi"}).status_code == 200
    survey.refresh_from_db()
    assert (survey.score, survey.comment) == (4, "Bravi")
    assert Client().post(link, {"score": "9"}).status_code == 422
