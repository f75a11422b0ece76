"""What was joined, parted, moved, given or put off by mistake is taken back with one press."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from filo.collaborative.inbox.models import Conversation, Message
from filo.collaborative.inbox.services.moving import merge, move_to
from filo.collaborative.inbox.services.parting import from_here_on, split
from filo.collaborative.inbox.services.working import assign, set_state, share, snooze
from filo.collaborative.inbox.tests.letters import comes_in, mailbox
from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import Forbidden
from filo.foundation.ids import uuid7
from filo.operational.parties.models import TimelineEntry
from filo.operational.service.models import Ticket
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def undone(principal: Principal, act: Callable[[], object]) -> None:
    with one_operation() as operation:
        act()
    undo_operation(principal, operation.id)


@pytest.fixture
def two(world: World) -> tuple[Conversation, Conversation]:
    box = mailbox()
    first = comes_in(box, "Si è rotta l’anta", subject="Anta").conversation
    second = comes_in(box, "Ancora l’anta", subject="Ancora l’anta").conversation
    return first, second


def texts(conversation: Conversation) -> list[str]:
    return list(Message.objects.filter(conversation=conversation).order_by("at", "id").values_list("text", flat=True))


def request_of(conversation: Conversation) -> Ticket:
    found = Ticket.objects.filter(pk=conversation.ticket_id or uuid7()).first()
    assert found is not None
    return found


def test_joined_talks_are_one_with_one_request_and_part_again(
    world: World, two: tuple[Conversation, Conversation]
) -> None:
    first, second = two
    inside = world.principal("inside")
    with one_operation() as operation:
        merge(inside, second, first)
    assert texts(first) == ["Si è rotta l’anta", "Ancora l’anta"]
    assert request_of(second).merged_into_id == first.ticket_id
    undo_operation(inside, operation.id)
    second.refresh_from_db()
    assert (second.merged_into_id, second.messages_count) == (None, 1)
    assert (texts(first), texts(second)) == (["Si è rotta l’anta"], ["Ancora l’anta"])
    assert request_of(second).merged_into_id is None


def test_what_brought_a_request_to_the_other_takes_it_with_it_again(
    world: World, two: tuple[Conversation, Conversation]
) -> None:
    first, second = two
    Conversation.objects.filter(pk=first.pk).update(ticket=None, state="done")
    first.refresh_from_db()
    undone(world.principal("inside"), lambda: merge(world.principal("inside"), second, first))
    first.refresh_from_db()
    assert (first.ticket_id, first.state) == (None, "done")


def test_a_talk_joined_twice_over_is_found_by_its_first_address_and_parts_from_the_last(
    world: World, two: tuple[Conversation, Conversation]
) -> None:
    first, second = two
    inside = world.principal("inside")
    third = comes_in(mailbox("terza@aurora.example"), "Terza", subject="Terza").conversation
    with one_operation() as operation:
        merge(inside, second, first)
    merge(inside, Conversation.objects.get(pk=first.pk), third)
    assert "Terza" in client_of(world, "inside").get(f"/inbox/{second.id}").content.decode()
    undo_operation(inside, operation.id)
    assert (texts(second), texts(third)) == (["Ancora l’anta"], ["Si è rotta l’anta", "Terza"])


def test_taking_back_a_joining_can_itself_be_taken_back(world: World, two: tuple[Conversation, Conversation]) -> None:
    first, second = two
    inside = world.principal("inside")
    with one_operation() as operation:
        merge(inside, second, first)
    back = undo_operation(inside, operation.id).operation
    assert back is not None
    undo_operation(inside, back)
    assert texts(first) == ["Si è rotta l’anta", "Ancora l’anta"]


def test_from_a_message_on_it_is_another_matter_with_its_own_request(world: World) -> None:
    box, inside = mailbox(), world.principal("inside")
    talk = comes_in(box, "Anta").conversation
    second = comes_in(box, "E la fodera?", subject="Re: Informazioni")
    comes_in(box, "La fodera!", subject="Re: Informazioni")
    with one_operation() as operation:
        fresh = split(inside, talk, from_here_on(talk, second.pk), "Fodera", with_ticket=True)
    assert (texts(talk), texts(fresh)) == (["Anta"], ["E la fodera?", "La fodera!"])
    assert fresh.ticket is not None
    assert (fresh.ticket.subject, fresh.ticket.description, fresh.ticket_id == talk.ticket_id) == (
        "Fodera",
        "E la fodera?",
        False,
    )
    undo_operation(inside, operation.id)
    assert texts(talk) == ["Anta", "E la fodera?", "La fodera!"]
    assert request_of(fresh).merged_into_id == talk.ticket_id


def test_without_a_request_none_is_opened(world: World) -> None:
    box = mailbox()
    talk = comes_in(box, "Anta").conversation
    second = comes_in(box, "Grazie", subject="Re: Informazioni")
    assert split(world.principal("inside"), talk, [second.pk]).ticket is None
    assert Ticket.objects.count() == 1


def test_a_talk_moved_to_the_wrong_customer_comes_back_with_its_request_and_lines(
    world: World, two: tuple[Conversation, Conversation]
) -> None:
    first, _second = two
    before, inside = first.party, world.principal("inside")
    with one_operation() as operation:
        move_to(inside, first, world.parties["own"])
    lines = TimelineEntry.objects.filter(reference_id=first.messages.get().pk)
    assert request_of(first).party == world.parties["own"]
    assert world.parties["own"].pk in lines.values_list("party", flat=True)
    undo_operation(inside, operation.id)
    first.refresh_from_db()
    assert (first.party, request_of(first).party) == (before, before)
    assert set(lines.values_list("party", flat=True)) == {before.pk if before else None}


def test_given_ended_and_put_off_are_taken_back(world: World, two: tuple[Conversation, Conversation]) -> None:
    first, _second = two
    inside, operator = world.principal("inside"), world.people["operator"].id
    undone(inside, lambda: assign(inside, first, operator))
    undone(inside, lambda: set_state(inside, first, "done"))
    undone(inside, lambda: snooze(inside, first, clock.now() + timedelta(days=1)))
    first.refresh_from_db()
    assert (first.assignee_id, first.state, first.snoozed_until) == (None, "open", None)


def test_what_somebody_changed_since_stays(world: World, two: tuple[Conversation, Conversation]) -> None:
    first, _second = two
    inside = world.principal("inside")
    with one_operation() as operation:
        snooze(inside, first, clock.now() + timedelta(days=1))
    later = clock.now() + timedelta(days=2)
    snooze(world.principal("operator"), Conversation.objects.get(pk=first.pk), later)
    undo_operation(inside, operation.id)
    first.refresh_from_db()
    assert (first.state, first.snoozed_until) == ("snoozed", later)


def test_only_its_owner_makes_shared_mail_personal_again(world: World) -> None:
    own = mailbox("agente@aurora.example", owner=world.people["agent"])
    talk, agent = comes_in(own, address="friend@example.it").conversation, world.principal("agent")
    with one_operation() as operation:
        share(agent, talk)
    assert TimelineEntry.objects.get(reference_kind="message").object == "conversation"
    with pytest.raises(Forbidden):
        undo_operation(world.principal("admin"), operation.id)
    undo_operation(agent, operation.id)
    talk.refresh_from_db()
    assert talk.private
    assert TimelineEntry.objects.get(reference_kind="message").object == "correspondence"


def test_the_toast_offers_the_way_back(world: World, two: tuple[Conversation, Conversation]) -> None:
    first, second = two
    client = client_of(world, "inside")
    page = client.post(f"/inbox/{second.id}/join", {"into": str(first.id)}, follow=True).content.decode()
    assert "/operations/" in page
    address = page.split('action="/operations/')[1].split('"')[0].replace("&amp;", "&")
    client.post(f"/operations/{address}")
    assert Conversation.objects.get(pk=second.pk).merged_into_id is None
