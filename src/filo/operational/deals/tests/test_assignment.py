"""Who gets what comes in: the first rule that fits, in turn or by load, with a trace, and each once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import InvalidFields
from filo.foundation.organisation.models import Area
from filo.operational.deals.models import AssignmentRule, Deal, DealAssignment
from filo.operational.deals.queries.assigning import Sought, fits, leads_by_owner, would_get
from filo.operational.deals.services.assigning import give_newcomer
from filo.operational.deals.services.settings import save_assignment_rule
from filo.operational.deals.tests.floor import Floor
from filo.operational.parties.models import Relationship
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
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


def newcomer(floor: Floor, name: str, *, area: str = "sud", **facts: Any) -> Relationship:
    spec = RelationshipSpec(company=floor.world.companies["moda"], area=floor.world.areas[area])
    data = {"kind": "organisation", "legal_name": name, **facts}
    party = create_party(floor.principal("admin"), data, relationships=[spec])
    with transaction.atomic():
        give_newcomer(party.id)
    return Relationship.objects.get(party=party)


def test_new_customers_whom_nobody_follows_go_by_the_rules_for_customers(floor: Floor) -> None:
    rule(floor, "agent")  # gives deals alone
    assert newcomer(floor, "Prima").owner is None
    rule(floor, "stranger", "agent", gives="both", area=Area.objects.get(code="sud"))
    rule(floor, "teammate", gives="customers", provinces="MI")
    first, second = newcomer(floor, "Seconda"), newcomer(floor, "Terza")
    assert [one.owner.name for one in (first, second) if one.owner] == ["Stranger", "Agent"]
    assert first.unit_id == floor.world.people["stranger"].unit_id
    milan = [{"street": "Via Roma 1", "postal_code": "20121", "city": "Milano", "province": "MI"}]
    assert newcomer(floor, "Quarta", area="nord", addresses=milan).owner.name == "Teammate"  # type: ignore[union-attr]
    told = AuditEntry.objects.filter(action="relationship.assign", actor_name="assignment rules")
    assert told.count() == 3


def test_a_customer_with_an_owner_stays_with_him_and_the_least_loaded_gets_the_next(floor: Floor) -> None:
    rule(floor, "agent", "stranger", gives="customers", way="load")
    leads = leads_by_owner([floor.world.people[name] for name in ("agent", "stranger")])
    fewest = min(("agent", "stranger"), key=lambda name: leads.get(floor.world.people[name].id, 0))
    assert newcomer(floor, "Nuova").owner_id == floor.world.people[fewest].id
    known = floor.world.parties["teammates"]
    with transaction.atomic():
        assert give_newcomer(known.id) == 0
    assert Relationship.objects.get(party=known).owner_id == floor.world.people["teammate"].id
