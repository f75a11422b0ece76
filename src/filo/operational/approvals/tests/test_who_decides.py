"""Person × approval: who sees what waits, who decides it, and whose place one may take."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from filo.foundation import clock
from filo.foundation.errors import Forbidden, InvalidFields
from filo.operational.approvals import registry
from filo.operational.approvals.models import Approval
from filo.operational.approvals.policies import APPROVAL_DECIDED, APPROVAL_SEEN
from filo.operational.approvals.queries import by_link, deciders_of, decision_link, may_decide, waiting_for
from filo.operational.approvals.registry import Approvable, approvable
from filo.operational.approvals.services import ask_approval, decide_approval, set_stand_in
from filo.testing.api import api_of
from filo.testing.clients import client_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
SEES = {"admin", "boss", "manager", "agent"}
DECIDES = {"admin", "boss", "manager"}
EVERYBODY = (*("admin", "boss", "manager", "other_manager", "agent", "teammate", "stranger"), "inside", "operator")


@pytest.fixture
def approval(world: World, monkeypatch: pytest.MonkeyPatch) -> Approval:
    monkeypatch.setattr(registry, "_kinds", dict(registry._kinds))
    approvable(Approvable("trial", "Trial", "info", lambda _id: "/", lambda _principal, _approval: None))
    return ask_approval(
        world.principal("agent"),
        kind="trial",
        subject_id=uuid4(),
        what="what is asked",
        why="why it is asked",
        weight=Decimal(15),
        company_id=world.companies["moda"].id,
        unit_id=world.units["nord"].id,
    )


@pytest.mark.parametrize("person", EVERYBODY)
def test_who_sees_it_and_who_decides(world: World, approval: Approval, person: str) -> None:
    principal, client = world.principal(person), client_of(world, person)
    assert APPROVAL_SEEN.allows(principal, approval) == (person in SEES)
    assert APPROVAL_DECIDED.allows(principal, approval) == (person in DECIDES)
    assert may_decide(principal, approval) == (person in DECIDES)
    assert Approval.objects.visible_to(principal).filter(pk=approval.pk).exists() == (person in SEES)
    assert ("what is asked" in client.get("/approvals").content.decode()) == (person in SEES)
    found = api_of(world, person).ask("GET", "/approvals").json()["items"]
    assert [one["id"] for one in found] == ([str(approval.id)] if person in DECIDES else [])
    if person not in DECIDES:
        status = 403 if person in SEES else 404
        assert client.post(f"/approvals/{approval.id}/decide", {"decision": "yes"}).status_code == status


def test_one_press_approves_and_a_no_takes_a_reason(world: World, approval: Approval) -> None:
    manager = client_of(world, "manager")
    assert manager.post(f"/approvals/{approval.id}/decide", {"decision": "no"}).status_code == 422
    assert manager.post(f"/approvals/{approval.id}/decide", {"decision": "yes"}).status_code == 302
    approval.refresh_from_db()
    assert (approval.state, approval.decided_by_name) == ("approved", "Manager")


def test_a_stand_in_decides_while_the_other_is_away(world: World, approval: Approval) -> None:
    today = clock.today()
    mate = world.principal("teammate")
    with pytest.raises(Forbidden):
        decide_approval(mate, approval, approved=True)
    days = {"from_day": today, "until_day": today + timedelta(days=7)}
    set_stand_in(world.principal("manager"), stand_in=world.people["teammate"], **days)
    assert waiting_for(mate) == [approval]
    with clock.at(clock.now() + timedelta(days=9)):
        assert waiting_for(mate) == []
    assert decide_approval(mate, approval, approved=True).state == "approved"


def test_nobody_stands_in_for_himself_or_backwards(world: World) -> None:
    today = clock.today()
    with pytest.raises(InvalidFields) as refused:
        set_stand_in(
            world.principal("manager"),
            stand_in=world.people["manager"],
            from_day=today,
            until_day=today - timedelta(days=1),
        )
    assert sorted(refused.value.fields) == ["stand_in", "until_day"]


def test_the_link_of_a_mail_shows_first_and_decides_when_it_is_pressed(world: World, approval: Approval) -> None:
    person = next(one for one in deciders_of(approval) if one.pk == world.people["manager"].pk)
    address = decision_link(approval, person).split("://", 1)[1].split("/", 1)[1]
    assert "what is asked" in Client().get(f"/{address}").content.decode()
    approval.refresh_from_db()
    assert approval.state == "waiting"
    assert Client().post(f"/{address}", {"decision": "no", "note": ""}).status_code == 422
    assert Client().post(f"/{address}", {"decision": "yes"}).status_code == 200
    approval.refresh_from_db()
    assert (approval.state, approval.decided_by_id) == ("approved", person.pk)
    assert "ha già approvato" in Client().get(f"/{address}").content.decode().replace("l'ha", "ha")
    assert by_link("forged") is None


def test_a_link_decides_no_more_than_its_person_may_now(world: World, approval: Approval) -> None:
    stranger = world.people["other_manager"]
    address = decision_link(approval, stranger).split("://", 1)[1].split("/", 1)[1]
    assert Client().post(f"/{address}", {"decision": "yes"}).status_code == 403
    approval.refresh_from_db()
    assert approval.state == "waiting"
