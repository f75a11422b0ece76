"""Who stands in is said, read and taken back at the API, as on the page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.operational.approvals.models import StandIn
from filo.testing.api import api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db


def test_somebody_stands_in_and_does_no_more(world: World) -> None:
    manager, today = api_of(world, "manager"), clock.today()
    body = {"stand_in": str(world.people["inside"].pk), "from_day": str(today), "until_day": str(today + timedelta(7))}
    made = manager.send("/approvals/stand-ins", body)
    assert made.status_code == 201
    assert manager.send("/approvals/stand-ins", body).json() == made.json()
    assert manager.read("/approvals/stand-ins").json()["items"] == [made.json()]
    assert api_of(world, "boss").read("/approvals/stand-ins").json()["items"] == []
    path = f"/approvals/stand-ins/{made.json()['id']}"
    assert api_of(world, "boss").remove(path).status_code == 204
    assert StandIn.objects.count() == 1
    assert manager.remove(path).status_code == 204
    assert not StandIn.objects.exists()


def test_what_is_wrong_is_said_at_its_field(world: World) -> None:
    manager, today = api_of(world, "manager"), clock.today()
    body = {"stand_in": str(world.people["inside"].pk), "from_day": str(today), "until_day": str(today)}
    for wrong, field in (
        ({"stand_in": str(world.people["manager"].pk)}, "stand_in"),
        ({"stand_in": str(world.parties["own"].pk)}, "stand_in"),
        ({"until_day": str(today - timedelta(1))}, "until_day"),
        ({"until_day": "domani"}, "until_day"),
    ):
        answer = manager.send("/approvals/stand-ins", body | wrong)
        assert (answer.status_code, list(answer.json()["fields"])) == (422, [field])
        assert all(answer.json()["fields"][field])
