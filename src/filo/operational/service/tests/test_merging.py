"""Two requests become one and can be parted again; whoever names either means the one."""

from __future__ import annotations

import pytest

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.clock import now
from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.service.models import Ticket
from filo.operational.service.queries import family_of, ticket_by_number
from filo.operational.service.services import (
    apply_macro,
    assign_ticket,
    merge_tickets,
    note_customer_wrote,
    save_macro,
    set_ticket_state,
)
from filo.operational.service.tests.desk import Desk

pytestmark = pytest.mark.django_db


def test_a_merged_request_leads_to_the_other_and_back_again(desk: Desk) -> None:
    first, second = desk.open("Anta rotta"), desk.open("Ancora l’anta")
    with one_operation() as operation:
        merge_tickets(desk.principal(), second, into=first)
    second.refresh_from_db()
    assert (second.state, second.merged_into_id) == ("closed", first.id)
    assert ticket_by_number(second.number) == first
    assert family_of(first) == [first.id, second.id]
    assert note_customer_wrote(desk.principal(), second, at=now())
    second.refresh_from_db()
    assert second.state == "closed"
    undo_operation(desk.principal(), operation.id)
    second.refresh_from_db()
    assert (second.state, second.merged_into_id, second.close_reason) == ("new", None, "")
    assert ticket_by_number(second.number) == second


def test_a_ring_of_requests_is_refused(desk: Desk) -> None:
    first, second = desk.open("Uno"), desk.open("Due")
    merge_tickets(desk.principal(), second, into=first)
    with pytest.raises(InvalidFields):
        merge_tickets(desk.principal(), first, into=Ticket.objects.get(pk=second.pk))
    with pytest.raises(InvalidFields):
        merge_tickets(desk.principal(), first, into=first)


def test_who_may_not_change_it_may_not_merge_into_it(desk: Desk) -> None:
    mine, other = desk.open("Mia", party="own"), desk.open("Altra", party="southern", group=False)
    with pytest.raises(Forbidden):
        merge_tickets(desk.principal("agent"), mine, into=other)


def test_a_macro_is_one_act_and_one_way_back(desk: Desk) -> None:
    facts = {
        "name": "Foto",
        "takes": True,
        "set_priority": "high",
        "set_state": "waiting",
        "set_waiting_on": "customer",
        "note": "Chieste le foto.",
    }
    macro, ticket = save_macro(desk.principal("admin"), None, facts), desk.open()
    with one_operation() as operation:
        ticket = apply_macro(desk.principal(), ticket, macro)
    assert (ticket.priority, ticket.state, ticket.waiting_on) == ("high", "waiting", "customer")
    assert (ticket.assignee_id, ticket.notes.get().text) == (desk.world.people["operator"].id, "Chieste le foto.")
    undo_operation(desk.principal(), operation.id)
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.state, ticket.waiting_on, ticket.assignee_id) == ("normal", "new", "", None)
    assert ticket.paused_at is None


def test_what_was_closed_is_taken_back_with_its_reason(desk: Desk) -> None:
    ticket = assign_ticket(desk.principal(), desk.open(), assignee_id=desk.world.people["operator"].id)
    with one_operation() as operation:
        set_ticket_state(desk.principal(), ticket, "closed", reason="Doppia")
    undo_operation(desk.principal(), operation.id)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.closed_at, ticket.solved_at, ticket.close_reason) == ("open", None, None, "")
