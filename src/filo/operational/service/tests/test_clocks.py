"""A request's clock runs in hours of work and stands still while others are waited for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from time_machine import TimeMachineFixture

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.operational.service.models import ServiceGroup, Ticket
from filo.operational.service.queries import status_link, ticket_by_link, ticket_by_number
from filo.operational.service.services import (
    note_answer,
    note_customer_wrote,
    open_ticket,
    set_ticket_state,
    want_person,
)
from filo.testing.world import World

pytestmark = pytest.mark.django_db
POST = system("mail")


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Rome"))


def opened(time_machine: TimeMachineFixture, moment: str, priority: str = "normal") -> Ticket:
    """A request of a group that answers within four hours of work and solves within eight."""
    time_machine.move_to(rome(moment), tick=False)
    group = ServiceGroup.objects.create(code="care", name="Assistenza", respond_within=240, solve_within=480)
    return open_ticket(POST, subject="Anta rotta", group=group, priority=priority)


def test_what_is_promised_lies_in_hours_of_work(world: World, time_machine: TimeMachineFixture) -> None:
    ticket = opened(time_machine, "2026-11-06 16:00")  # a Friday
    assert (ticket.respond_by, ticket.solve_by) == (rome("2026-11-09 11:00"), rome("2026-11-09 16:00"))


def test_what_is_urgent_is_promised_sooner(world: World, time_machine: TimeMachineFixture) -> None:
    ticket = opened(time_machine, "2026-11-02 09:00", priority="urgent")
    assert (ticket.respond_by, ticket.solve_by) == (rome("2026-11-02 10:00"), rome("2026-11-02 11:00"))


def test_the_clock_stands_still_while_the_customer_is_waited_for(
    world: World, time_machine: TimeMachineFixture
) -> None:
    ticket = opened(time_machine, "2026-11-02 09:00")
    note_answer(POST, ticket, at=rome("2026-11-02 11:00"), automatic=False)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.waiting_on, ticket.responded_at) == ("waiting", "customer", rome("2026-11-02 11:00"))
    assert note_customer_wrote(POST, ticket, at=rome("2026-11-03 10:00"))
    ticket.refresh_from_db()
    # 11 to 18 without lunch is six hours, and one on the next day.
    assert (ticket.state, ticket.solve_by) == ("open", rome("2026-11-03 17:00"))


def test_an_automatic_answer_stops_no_clock(world: World, time_machine: TimeMachineFixture) -> None:
    ticket = opened(time_machine, "2026-11-02 09:00")
    note_answer(POST, ticket, at=clock.now(), automatic=True)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.responded_at, ticket.paused_at) == ("new", None, None)
    assert ticket.answered_automatically_at == clock.now()


def test_a_solved_request_is_opened_again_by_its_customer_but_not_for_ever(
    world: World, time_machine: TimeMachineFixture
) -> None:
    ticket = opened(time_machine, "2026-11-02 09:00")
    solved = set_ticket_state(POST, ticket, "solved")
    assert solved.solved_at == clock.now()
    assert note_customer_wrote(POST, ticket, at=clock.now() + timedelta(days=29))
    ticket.refresh_from_db()
    assert (ticket.solved_at, ticket.reopened) == (None, 1)
    set_ticket_state(POST, ticket, "closed", reason="fatto")
    assert not note_customer_wrote(POST, ticket, at=clock.now() + timedelta(days=31))


def test_numbers_go_up_and_lead_back(world: World, time_machine: TimeMachineFixture) -> None:
    first = opened(time_machine, "2026-11-02 09:00")
    second = open_ticket(POST, subject="Altro")
    assert second.serial == first.serial + 1
    assert ticket_by_number(f"richiesta {second.number}") == second
    assert ticket_by_number(second.number[:-1] + str((int(second.number[-1]) + 1) % 10)) is None


def test_the_link_is_for_this_one_request_and_grows_old(world: World, time_machine: TimeMachineFixture) -> None:
    ticket = opened(time_machine, "2026-11-02 09:00")
    token = status_link(ticket).rpartition("/")[2]
    assert ticket_by_link(token) == ticket
    assert ticket_by_link(token[:-1] + ("A" if token[-1] != "A" else "B")) is None
    time_machine.move_to(datetime(2027, 6, 2, tzinfo=UTC), tick=False)
    assert ticket_by_link(token) is None


def test_who_asks_for_a_person_goes_before_others(world: World, time_machine: TimeMachineFixture) -> None:
    ticket = opened(time_machine, "2026-11-02 09:00")
    wanted = want_person(system("status page"), ticket, way="call", telephone="333 1234567")
    assert (wanted.priority, wanted.person_wanted_at) == ("high", clock.now())
    assert "333 1234567" in ticket.notes.get().text
