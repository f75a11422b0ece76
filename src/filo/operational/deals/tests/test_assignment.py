"""Who gets what comes in: the first rule that fits, in turn or by load, with a trace, and each once."""

from __future__ import annotations

from typing import Any

import pytest

from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import Area
from filo.operational.deals.models import AssignmentRule, Deal, DealAssignment
from filo.operational.deals.queries.assigning import Sought, fits, would_get
from filo.operational.deals.services.settings import save_assignment_rule
from filo.operational.deals.tests.floor import Floor
from filo.testing.clients import client_of

pytestmark = pytest.mark.django_db


def rule(floor: Floor, *people: str, **facts: Any) -> AssignmentRule:
    keys = [floor.world.people[name].id for name in people]
    return save_assignment_rule(floor.principal("admin"), None, {"name": "Regola", **facts}, people=keys)


def opened(floor: Floor, **facts: Any) -> Deal:
    return floor.open(who="inside", owner_id=None, **facts)


def test_one_after_the_other_has_his_turn(floor: Floor) -> None:
    rule(floor, "agent", "teammate", "stranger")
    names = [opened(floor).owner for _number in range(5)]
    wanted = ["Agent", "Teammate", "Stranger", "Agent", "Teammate"]
    assert [owner.name for owner in names if owner] == wanted
    kept = DealAssignment.objects.order_by("at", "id")
    assert [one.user.name for one in kept if one.user] == wanted


def test_whoever_has_fewest_open_deals_gets_it(floor: Floor) -> None:
    rule(floor, "agent", "teammate", way="load")
    floor.open(who="agent")
    assert opened(floor).owner.name == "Teammate"  # type: ignore[union-attr]


def test_the_first_rule_that_fits_decides(floor: Floor) -> None:
    rule(floor, "stranger", area=Area.objects.get(code="sud"))
    rule(floor, "teammate", provinces="RM MI")
    rule(floor, "agent")
    assert opened(floor, party="southern").owner.name == "Stranger"  # type: ignore[union-attr]
    assert opened(floor, party="own").owner.name == "Teammate"  # type: ignore[union-attr]
    assert opened(floor, party="joined").owner.name == "Agent"  # type: ignore[union-attr]


def test_who_has_left_is_passed_over_and_a_named_owner_stays(floor: Floor) -> None:
    rule(floor, "stranger")
    rule(floor, "agent")
    type(floor.world.people["stranger"]).objects.filter(pk=floor.world.people["stranger"].pk).update(is_active=False)
    assert opened(floor).owner.name == "Agent"  # type: ignore[union-attr]
    assert floor.open(who="teammate").owner_id == floor.world.people["teammate"].id


@pytest.mark.parametrize(
    ("provinces", "sought", "so"),
    [
        ("MI MB", Sought(province="mi"), True),
        ("MI, MB", Sought(province="MB"), True),
        ("201", Sought(postal_code="20121"), True),
        ("201", Sought(postal_code="00100"), False),
        ("MI", Sought(), False),
    ],
)
def test_provinces_and_beginnings_of_postal_codes(provinces: str, sought: Sought, so: bool) -> None:
    assert fits(AssignmentRule(provinces=provinces), sought) == so


def test_trying_takes_no_turn(floor: Floor) -> None:
    rule(floor, "agent", "teammate")
    assert [would_get(Sought()).person.name for _number in range(2)] == ["Agent", "Agent"]  # type: ignore[union-attr]
    assert opened(floor).owner.name == "Agent"  # type: ignore[union-attr]
    assert would_get(Sought()).person.name == "Teammate"  # type: ignore[union-attr]
    page = client_of(floor.world, "admin").get("/settings/deals?try=1&language=it").content.decode()
    assert "Teammate" in page


def test_a_rule_gives_to_somebody(floor: Floor) -> None:
    with pytest.raises(InvalidFields):
        rule(floor)
