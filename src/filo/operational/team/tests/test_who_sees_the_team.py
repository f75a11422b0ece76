"""Who sees whose day, and plans it: an oracle written by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filo.foundation.access.models import Role
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.team.models import Plan
from filo.operational.team.queries import people_seen
from filo.operational.team.services import make_plan, remove_plan, restore_plan
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]
NORTH = {"manager", "agent", "teammate"}
SOUTH = {"other_manager", "stranger"}
ALL = NORTH | SOUTH | {"admin", "boss", "inside", "researcher", "operator"}
SEES = {
    "admin": ALL,
    "boss": ALL,
    "manager": NORTH,
    "other_manager": SOUTH,
    **{who: {who} for who in ("agent", "teammate", "stranger", "inside", "researcher", "operator")},
}


@pytest.mark.parametrize("who", sorted(SEES))
def test_one_sees_the_day_of_those_one_leads(world: World, who: str, client_of: ClientOf) -> None:
    names = {person.pk: name for name, person in world.people.items()}
    assert {names[person.pk] for person in people_seen(world.principal(who))} == SEES[who]
    page = client_of(who).get("/team/today").content.decode()
    for name, person in world.people.items():
        assert (f"<b>{person.name}</b>" in page) == (name in SEES[who]), name


@pytest.mark.parametrize("who", sorted(SEES))
def test_one_plans_for_those_one_leads(world: World, who: str) -> None:
    leads = who in ("admin", "boss", "manager", "other_manager")
    for name, person in world.people.items():
        if leads and name in SEES[who]:
            assert make_plan(world.principal(who), measure="calls", number=5, person=person).number == 5
        else:
            with pytest.raises(Forbidden):
                make_plan(world.principal(who), measure="calls", number=5, person=person)


def test_a_plan_for_a_role_is_made_by_who_leads_everybody(world: World) -> None:
    role = Role.objects.get(code="agent")
    with pytest.raises(Forbidden):
        make_plan(world.principal("manager"), measure="calls", number=5, role=role)
    assert make_plan(world.principal("boss"), measure="calls", number=5, role=role).role == role


def test_the_settings_of_plans_are_shut_to_who_leads_nobody(client_of: ClientOf) -> None:
    assert client_of("agent").get("/team/plans").status_code == 403
    assert client_of("manager").get("/team/plans").status_code == 200


def test_a_plan_is_made_changed_taken_away_and_brought_back(world: World, client_of: ClientOf) -> None:
    client, person = client_of("manager"), world.people["agent"]
    typed = {"whose": f"person:{person.pk}", "measure": "calls", "per": "day", "valid_from": "2026-05-04"}
    assert client.post("/team/plans", {**typed, "number": "8"}).status_code == 302
    seen = values_of(client.get("/team/plans").content.decode(), containing="number")["seen"]
    assert client.post("/team/plans", {**typed, "number": "9", "seen": seen}).status_code == 302
    plan = Plan.objects.get()
    assert (plan.number, plan.person) == (9, person)
    page = client.post(f"/team/plans/{plan.pk}/remove", follow=True).content.decode()
    operation = AuditEntry.objects.get(action="plan.remove").operation
    assert f"/operations/{operation}/undo" in page
    client.post(f"/operations/{operation}/undo")
    plan.refresh_from_db()
    assert plan.removed_at is None


def test_a_stranger_finds_no_plan_of_mine(world: World, client_of: ClientOf) -> None:
    plan = make_plan(world.principal("manager"), measure="calls", number=5, person=world.people["agent"])
    assert client_of("other_manager").post(f"/team/plans/{plan.pk}/remove").status_code == 404
    assert client_of("agent").post(f"/team/plans/{plan.pk}/remove").status_code == 403


def test_what_came_in_its_place_meanwhile_stays(world: World) -> None:
    boss, person = world.principal("boss"), world.people["agent"]
    plan = make_plan(boss, measure="calls", number=5, person=person)
    remove_plan(boss, plan)
    make_plan(boss, measure="calls", number=7, person=person)
    with pytest.raises(InvalidFields):
        restore_plan(boss, plan)
    assert list(Plan.objects.filter(removed_at=None).values_list("number", flat=True)) == [7]


@pytest.mark.parametrize(
    ("field", "value"), [("measure", "dreams"), ("number", -1), ("number", 100_001), ("per", "year")]
)
def test_a_plan_that_cannot_be_is_refused_by_field(world: World, field: str, value: object) -> None:
    facts = {"measure": "calls", "number": 5, "per": "day", field: value}
    with pytest.raises(InvalidFields) as refusal:
        make_plan(world.principal("boss"), person=world.people["agent"], **facts)  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]
    assert not Plan.objects.exists()


def test_a_wrong_number_stays_typed(world: World, client_of: ClientOf) -> None:
    typed = {"whose": f"person:{world.people['agent'].pk}", "measure": "calls", "per": "day", "number": "-3"}
    answer = client_of("boss").post("/team/plans", typed)
    assert (answer.status_code, 'value="-3"' in answer.content.decode()) == (422, True)
