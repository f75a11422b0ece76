"""A plan that somebody else made meanwhile is not overwritten, and each act on a plan has a way back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import Undone, undo_operation
from filo.operational.team.models import Plan
from filo.operational.team.services import make_plan, remove_plan, restore_plan
from filo.testing.clients import CheckedClient
from filo.testing.forms import beside, values_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
ClientOf = Callable[[str], CheckedClient]
SENTENCE = "Qualcun altro ha modificato questi dati mentre scrivevi."


def _planned(world: World, number: int, per: str = "day") -> tuple[Plan, UUID]:
    with one_operation() as operation:
        plan = make_plan(
            world.principal("manager"), measure="calls", number=number, per=per, person=world.people["agent"]
        )
    return plan, operation.id


def _undo(world: World, operation: UUID | None) -> Undone:
    assert operation is not None
    return undo_operation(world.principal("manager"), operation)


def _standing() -> list[tuple[int, str]]:
    return list(Plan.objects.filter(removed_at=None).values_list("number", "per"))


def test_two_who_plan_the_same_at_once(world: World, client_of: ClientOf) -> None:
    first, second, person = client_of("manager"), client_of("boss"), world.people["agent"]
    form = values_of(second.get("/team/plans").content.decode(), containing="number")
    typed = {"whose": f"person:{person.pk}", "measure": "calls", "per": "day", "valid_from": "2026-05-04"}
    assert first.post("/team/plans", {**typed, "number": "8"}).status_code == 302
    late = second.post("/team/plans", {**form, **typed, "number": "12"})
    page = late.content.decode()
    assert (late.status_code, SENTENCE in page, 'value="12"' in page) == (422, True, True)
    assert beside("8", "12") in page
    assert _standing() == [(8, "day")]
    again = values_of(page, containing="number")
    assert second.post("/team/plans", again).status_code == 302
    assert _standing() == [(12, "day")]


def test_a_wrong_number_does_not_pass_over_what_was_planned_meanwhile(world: World, client_of: ClientOf) -> None:
    client, person = client_of("manager"), world.people["agent"]
    typed = {"whose": f"person:{person.pk}", "measure": "calls", "per": "day", "valid_from": "2026-05-04"}
    wrong = client.post("/team/plans", {**typed, "number": "-1"})
    client_of("boss").post("/team/plans", {**typed, "number": "8"})
    form = values_of(wrong.content.decode(), containing="number")
    assert client.post("/team/plans", {**form, "number": "12"}).status_code == 422
    assert _standing() == [(8, "day")]


@pytest.mark.parametrize("seen", ["x:y", "1", f"{UUID(int=1)}:1234567890123"])
def test_what_was_never_on_the_page_cannot_be_read(client_of: ClientOf, seen: str) -> None:
    assert client_of("manager").post("/team/plans", {"seen": seen}).status_code == 400


def test_a_new_plan_is_taken_back_and_made_again(world: World) -> None:
    _plan, made = _planned(world, 8)
    undone = _undo(world, made)
    assert _standing() == []
    _undo(world, undone.operation)
    assert _standing() == [(8, "day")]


def test_a_changed_plan_is_as_before(world: World) -> None:
    _planned(world, 8)
    _plan, changed = _planned(world, 9, "week")
    undone = _undo(world, changed)
    assert (undone.taken, _standing()) == (2, [(8, "day")])
    _undo(world, undone.operation)
    assert _standing() == [(9, "week")]


def test_what_was_planned_otherwise_since_stays(world: World) -> None:
    _plan, made = _planned(world, 8)
    _plan, changed = _planned(world, 9)
    _planned(world, 10)
    assert "modificata nel frattempo" in _undo(world, changed).sentence
    assert _undo(world, made).taken == 0
    assert _standing() == [(10, "day")]


def test_how_many_and_per_what_are_taken_back_together(world: World) -> None:
    _planned(world, 5)
    _plan, changed = _planned(world, 10, "week")
    _planned(world, 20, "week")
    assert _undo(world, changed).taken == 0
    assert _standing() == [(20, "week")]


def test_a_plan_that_was_taken_away_again_since_stays_away(world: World) -> None:
    plan, _made = _planned(world, 8)
    with one_operation() as gone:
        remove_plan(world.principal("manager"), plan)
    restore_plan(world.principal("manager"), Plan.objects.get(pk=plan.pk))
    remove_plan(world.principal("manager"), Plan.objects.get(pk=plan.pk))
    assert _undo(world, gone.id).taken == 0
    assert _standing() == []


def test_a_plan_comes_back_unless_another_stands_in_its_place(world: World) -> None:
    plan, _made = _planned(world, 8)
    with one_operation() as gone:
        remove_plan(world.principal("manager"), plan)
    _undo(world, gone.id)
    assert _standing() == [(8, "day")]
    with one_operation() as again:
        remove_plan(world.principal("manager"), plan)
    _planned(world, 5)
    undone = _undo(world, again.id)
    assert (undone.taken, _standing()) == (0, [(5, "day")])
    assert "C’è già un piano" in undone.sentence


def test_a_plan_of_a_page_is_taken_back_by_its_button(world: World, client_of: ClientOf) -> None:
    client, person = client_of("manager"), world.people["agent"]
    typed = {"whose": f"person:{person.pk}", "measure": "calls", "per": "day", "number": "8"}
    page = client.post("/team/plans", typed, follow=True).content.decode()
    operation = AuditEntry.objects.get(action="plan.make").operation
    assert f"/operations/{operation}/undo" in page
    client.post(f"/operations/{operation}/undo")
    assert _standing() == []
