"""What is promised follows the target that says most; what runs out is told once; colleagues hear of it."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from time_machine import TimeMachineFixture

from filo.foundation.events.models import OutboxEvent
from filo.foundation.notices.models import Notice
from filo.operational.service.models import ServiceTarget, Ticket
from filo.operational.service.queries.clocks import clocks_of
from filo.operational.service.services import (
    assign_ticket,
    change_ticket,
    note_answer,
    set_ticket_state,
    warn_of_promises,
)
from filo.operational.service.tests.desk import POST, Desk

pytestmark = pytest.mark.django_db


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Rome"))


def _told() -> list[str]:
    events = OutboxEvent.objects.filter(type__in=("ticket.due-soon", "ticket.overdue"))
    return sorted(events.values_list("type", flat=True))


def test_the_target_that_says_most_is_promised(desk: Desk, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(rome("2026-11-02 09:00"), tick=False)
    ServiceTarget.objects.create(type="complaint", respond_within=120, solve_within=240)
    ServiceTarget.objects.create(group=desk.group, type="fault", priority="urgent", respond_within=30, solve_within=60)
    plain, complaint = desk.open(), desk.open(type="complaint")
    urgent, other = desk.open(type="fault", priority="urgent"), desk.open(type="fault")
    assert plain.respond_by == rome("2026-11-02 13:00")
    assert complaint.respond_by == rome("2026-11-02 11:00")
    assert urgent.respond_by == rome("2026-11-02 09:30")
    assert other.respond_by == rome("2026-11-02 13:00")


def test_a_higher_priority_promises_anew_and_keeps_what_was_waited(
    desk: Desk, time_machine: TimeMachineFixture
) -> None:
    time_machine.move_to(rome("2026-11-02 09:00"), tick=False)
    ticket = desk.open()
    set_ticket_state(POST, ticket, "waiting", waiting_on="supplier")
    time_machine.move_to(rome("2026-11-02 11:00"), tick=False)
    set_ticket_state(POST, ticket, "open")
    ticket = change_ticket(POST, ticket, priority="high")
    # Half of eight hours, and the two that the supplier was waited for.
    assert (ticket.waited, ticket.solve_by) == (120, rome("2026-11-02 16:00"))


def test_what_is_due_soon_and_what_is_late_is_told_once_each(desk: Desk, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(rome("2026-11-02 09:00"), tick=False)
    ticket = assign_ticket(POST, desk.open(), assignee_id=desk.world.people["operator"].id)
    note_answer(POST, ticket, at=rome("2026-11-02 09:00"), automatic=False)
    set_ticket_state(POST, ticket, "open")
    time_machine.move_to(rome("2026-11-02 16:00"), tick=False)
    assert (warn_of_promises(), _told()) == (0, [])
    time_machine.move_to(rome("2026-11-02 16:25"), tick=False)  # 6.4 of 8 hours
    assert (warn_of_promises(), warn_of_promises(), _told()) == (1, 0, ["ticket.due-soon"])
    time_machine.move_to(rome("2026-11-02 18:01"), tick=False)
    assert (warn_of_promises(), warn_of_promises(), _told()) == (1, 0, ["ticket.due-soon", "ticket.overdue"])
    kinds = Notice.objects.filter(person=desk.world.people["operator"], subject_id=ticket.id)
    assert sorted(kinds.values_list("kind", flat=True)) == ["ticket.due-soon", "ticket.overdue"]


def test_nobody_is_warned_while_the_customer_is_waited_for(desk: Desk, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(rome("2026-11-02 09:00"), tick=False)
    note_answer(POST, desk.open(), at=rome("2026-11-02 09:00"), automatic=False)
    time_machine.move_to(rome("2026-11-20 09:00"), tick=False)
    assert warn_of_promises() == 0


def test_the_clock_is_drawn_as_far_as_it_has_run(desk: Desk, time_machine: TimeMachineFixture) -> None:
    time_machine.move_to(rome("2026-11-02 09:00"), tick=False)
    ticket = desk.open()
    time_machine.move_to(rome("2026-11-02 11:00"), tick=False)
    answer, solution = clocks_of(ticket)
    assert (answer.percent, answer.mean, solution.percent, solution.late) == (50, "", 25, False)
    time_machine.move_to(rome("2026-11-02 15:00"), tick=False)
    answer, solution = clocks_of(ticket)
    assert (answer.late, answer.mean, solution.percent) == (True, "bad", 62)
    solved = set_ticket_state(POST, ticket, "solved")
    kept = [clock for clock in clocks_of(Ticket.objects.get(pk=solved.pk)) if clock.name == "solution"]
    assert [clock.kept for clock in kept] == [True]
