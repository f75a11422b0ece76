"""A call from its first second until it is written up: one at a time, written once, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from filo.foundation import clock
from filo.foundation.errors import Forbidden, InvalidFields, NotFound
from filo.foundation.events.models import OutboxEvent
from filo.operational.activities.models import Task
from filo.operational.interactions.calling import (
    WrapUp,
    bring_call_back,
    drop_call,
    end_call,
    forget_calls,
    keep_draft,
    start_call,
    wrap_up,
)
from filo.operational.interactions.models import Call, Interaction
from filo.operational.interactions.outcomes import make_ready_outcomes
from filo.operational.interactions.queries import calls_to_write_up, own_call
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]
NINE = datetime(2026, 5, 4, 9, tzinfo=UTC)
FRAGMENT = {"HX-Request": "true"}


def ended(world: World, *, minutes: float = 5, party: str = "own", who: str = "agent") -> Call:
    with clock.at(NINE):
        call = start_call(world.principal(who), world.parties[party], number="+39 02 1234567")
    with clock.at(NINE + timedelta(minutes=minutes)):
        return end_call(world.principal(who), call)


def calls_with(world: World, party: str = "own") -> list[Interaction]:
    return list(
        Interaction.objects.filter(party=world.parties[party], channel="call", created_at__lt=datetime.now(UTC))
    )


# --- the clock ----------------------------------------------------------------------------------------------


def test_whoever_presses_twice_is_on_one_call(world: World) -> None:
    agent = world.principal("agent")
    first = start_call(agent, world.parties["own"])
    assert start_call(agent, world.parties["own"]) == first
    assert OutboxEvent.objects.filter(type="call.started").count() == 1


def test_another_customer_ends_the_call_before(world: World) -> None:
    agent = world.principal("agent")
    first = start_call(agent, world.parties["own"])
    second = start_call(agent, world.parties["shared"])
    states = dict(Call.objects.values_list("pk", "state"))
    assert states == {first.pk: "ended", second.pk: "running"}


def test_a_call_that_the_telephone_system_tells_twice_is_one(world: World) -> None:
    agent = world.principal("agent")
    first = start_call(agent, world.parties["own"], reference="cti-1")
    end_call(agent, first)
    assert start_call(agent, world.parties["own"], reference="cti-1").pk == first.pk
    assert Call.objects.count() == 1


@pytest.mark.parametrize(("minutes", "lasted"), [(0, 0), (0.2, 1), (5, 5), (5.5, 6), (60 * 9, None)])
def test_a_begun_minute_is_a_whole_one_and_a_forgotten_end_is_none(
    world: World, minutes: float, lasted: int | None
) -> None:
    assert ended(world, minutes=minutes).lasted == lasted


def test_ending_twice_is_ending_once(world: World) -> None:
    call = ended(world)
    assert end_call(world.principal("agent"), call).ended_at == NINE + timedelta(minutes=5)
    assert OutboxEvent.objects.filter(type="call.ended").count() == 1


# --- writing it up ------------------------------------------------------------------------------------------


def test_outcome_note_and_next_step_are_written_in_one_act(world: World) -> None:
    outcome = make_ready_outcomes()["call", "interested"]
    said = WrapUp(outcome, body="Vuole i campioni.", next_title="Mandare i campioni", next_due=date(2026, 5, 7))
    call = wrap_up(world.principal("agent"), ended(world), said)
    found = call.interaction
    assert found is not None
    assert (found.channel, found.at, found.minutes, found.number) == ("call", NINE, 5, "+39 02 1234567")
    assert (found.outcome, found.body, found.direction) == (outcome, "Vuole i campioni.", "out")
    task = Task.objects.get(party=world.parties["own"])
    assert (task.title, task.due_on, task.kind) == ("Mandare i campioni", date(2026, 5, 7), "task")


def test_a_day_without_words_asks_for_a_call_back(world: World) -> None:
    wrap_up(world.principal("agent"), ended(world), WrapUp(next_due=date(2026, 5, 7)))
    task = Task.objects.get(party=world.parties["own"])
    assert (task.kind, task.due_on) == ("call", date(2026, 5, 7))


def test_saving_twice_writes_once(world: World) -> None:
    agent, call = world.principal("agent"), ended(world)
    first = wrap_up(agent, call, WrapUp(body="Detto.", next_title="Scrivere"))
    second = wrap_up(agent, call, WrapUp(body="Detto.", next_title="Scrivere"))
    assert first.interaction == second.interaction
    assert (Interaction.objects.filter(body="Detto.").count(), Task.objects.filter(title="Scrivere").count()) == (1, 1)


def test_a_next_step_that_cannot_be_written_leaves_nothing(world: World) -> None:
    call = ended(world)
    with pytest.raises(InvalidFields):
        wrap_up(world.principal("agent"), call, WrapUp(body="Detto.", next_title="\u200b"))
    call.refresh_from_db()
    assert (call.state, Interaction.objects.filter(body="Detto.").count()) == ("ended", 0)


def test_what_is_written_up_leaves_no_second_copy(world: World) -> None:
    agent, call = world.principal("agent"), ended(world)
    keep_draft(agent, call, WrapUp(body="Detto."))
    wrap_up(agent, call, WrapUp(body="Detto."))
    call.refresh_from_db()
    assert (call.body, call.state) == ("", "saved")
    keep_draft(agent, call, WrapUp(body="Ancora."))
    call.refresh_from_db()
    assert call.body == ""


def test_nobody_writes_up_anothers_call(world: World) -> None:
    call = ended(world)
    with pytest.raises(Forbidden):
        wrap_up(world.principal("manager"), call, WrapUp(body="x"))
    with pytest.raises(NotFound):
        own_call(world.principal("manager"), call.pk)
    assert Call.objects.visible_to(world.principal("manager")).filter(pk=call.pk).exists()
    assert not Call.objects.visible_to(world.principal("teammate")).filter(pk=call.pk).exists()


# --- what waits ---------------------------------------------------------------------------------------------


def test_what_is_not_written_up_waits_the_oldest_first(world: World) -> None:
    agent = world.principal("agent")
    first, second = ended(world), ended(world, party="shared")
    assert [call.pk for call, _name in calls_to_write_up(agent)] == [first.pk, second.pk]
    wrap_up(agent, first, WrapUp(body="x"))
    drop_call(agent, second)
    assert calls_to_write_up(agent) == []
    bring_call_back(agent, second)
    assert [name for _call, name in calls_to_write_up(agent)] == ["Emporio Conti S.n.c."]


def test_of_a_customer_that_one_no_longer_sees_no_name_is_told(world: World) -> None:
    call = ended(world)
    Call.objects.filter(pk=call.pk).update(party=world.parties["southern"])
    assert [name for _call, name in calls_to_write_up(world.principal("agent"))] == [""]
    call.refresh_from_db()
    with pytest.raises(Forbidden):
        wrap_up(world.principal("agent"), call, WrapUp(body="x"))


def test_old_calls_are_forgotten_and_the_story_stays(world: World) -> None:
    agent, call, open_one = world.principal("agent"), ended(world), ended(world, party="shared")
    wrap_up(agent, call, WrapUp(body="Resta."))
    assert forget_calls() == 1
    assert Interaction.objects.filter(body="Resta.").exists()
    assert list(Call.objects.values_list("pk", flat=True)) == [open_one.pk]


# --- pages --------------------------------------------------------------------------------------------------


def test_start_stop_panel_and_save(world: World, client_of: ClientOf) -> None:
    client, own = client_of("agent"), world.parties["own"]
    bar = client.post(f"/parties/{own.id}/calls", {"number": "+39021234567"}, headers=FRAGMENT).content.decode()
    call = Call.objects.get()
    assert (f"/calls/{call.id}/end" in bar, "Lanificio Bassi" in bar) == (True, True)
    assert f"/calls/{call.id}/end" in client.get("/tasks").content.decode()
    panel = client.post(f"/calls/{call.id}/end", headers=FRAGMENT).content.decode()
    assert '<dialog class="wrap-up"' in panel
    assert f"/calls/{call.id}/end" not in client.get("/tasks").content.decode()
    saved = client.post(f"/calls/{call.id}", {"body": "Detto.", "outcome": ""}, headers=FRAGMENT)
    assert (saved.status_code, "filo:logged" in saved["HX-Trigger"]) == (200, True)
    assert Interaction.objects.filter(body="Detto.").count() == 1


def test_escape_keeps_a_draft_which_the_first_page_lists(world: World, client_of: ClientOf) -> None:
    call, client = ended(world), client_of("agent")
    quiet = {"X-Filo-Quiet": "1"}
    typed = {"body": "A metà", "next_title": "Scrivere", "minutes": "99999"}
    assert client.post(f"/calls/{call.id}/draft", typed, headers=quiet).status_code == 204
    page = client.get("/").content.decode()
    assert ("Telefonate da annotare" in page, "A metà" in page) == (True, True)
    again = client.get(f"/calls/{call.id}").content.decode()
    assert ("A metà" in again, 'value="Scrivere"' in again) == (True, True)


def test_what_is_wrong_is_said_and_stays_typed(world: World, client_of: ClientOf) -> None:
    call = ended(world)
    answer = client_of("agent").post(f"/calls/{call.id}", {"body": "Detto.", "next_due": "forse", "outcome": ""})
    page = answer.content.decode()
    assert (answer.status_code, "Detto." in page, 'value="forse"' in page) == (422, True, True)


def test_a_call_that_is_let_go_comes_back(world: World, client_of: ClientOf) -> None:
    call, client = ended(world), client_of("agent")
    page = client.post(f"/calls/{call.id}/drop", {"next": f"/parties/{call.party_id}"}, follow=True)
    assert f"/calls/{call.id}/back" in page.content.decode()
    client.post(f"/calls/{call.id}/back")
    call.refresh_from_db()
    assert call.state == "ended"


def test_a_colleague_finds_no_call_of_mine(world: World, client_of: ClientOf) -> None:
    call = ended(world)
    for address in ("", "/end", "/draft", "/drop", "/back"):
        assert client_of("teammate").post(f"/calls/{call.id}{address}", {"body": "x"}).status_code == 404
