"""What a customer has forgotten is gone, what a colleague forgets stays written, and opposites never come back."""

from __future__ import annotations

import pytest

from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.events.models import OutboxEvent
from filo.operational.profile.models import Trait
from filo.operational.profile.queries import history_of, trait_values
from filo.operational.profile.services import forget_trait, learn
from filo.testing.api import api_of
from filo.testing.world import World

pytestmark = pytest.mark.django_db
READER = system("reader")


def his_own(world: World) -> Principal:
    party = world.parties["own"]
    return Principal(kind="link", name=party.display_name, also={"party": party.pk})


def test_what_he_has_forgotten_no_colleague_reads_any_more(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    for _again in range(2):
        found = learn(READER, party, "topics", "a rare illness", source="chat", confidence=0.9, said="I have it")
        forget_trait(agent, found)
    other = learn(READER, party, "topics", "gardening", source="chat", confidence=0.9)
    found = learn(READER, party, "topics", "a rare illness", source="chat", confidence=0.9)
    assert len(history_of(agent, party)) == 2, "a colleague's forgetting keeps the history"
    forget_trait(his_own(world), found)
    assert [row.pk for row in Trait.objects.filter(party=party)] == [other.pk]
    assert history_of(agent, party) == []
    told = AuditEntry.objects.get(action="trait.erase", object_id=found.pk)
    assert "illness" not in str(told.changes)
    assert OutboxEvent.objects.filter(type="trait.forgotten", subject=party.pk).exists()


def test_forgetting_twice_changes_nothing_for_him_either(world: World) -> None:
    found = learn(READER, world.parties["own"], "size", "l", source="chat", confidence=0.9)
    for _again in range(2):
        forget_trait(his_own(world), found)
    assert AuditEntry.objects.filter(action="trait.erase").count() == 1


def test_what_is_avoided_now_is_not_wanted_again_by_taking_back(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    wanted = learn(agent, party, "fibres-wanted", "wool", source="colleague", confidence=1)
    with one_operation() as act:
        forget_trait(agent, wanted)
    avoided = learn(agent, party, "fibres-avoided", "wool", source="colleague", confidence=1)
    undo_operation(agent, act.id)
    assert (trait_values(party, "fibres-wanted"), trait_values(party, "fibres-avoided")) == ([], ["wool"])
    forget_trait(agent, avoided)
    before = OutboxEvent.objects.filter(type="trait.learned").count()
    undo_operation(agent, act.id)
    assert trait_values(party, "fibres-wanted") == ["wool"]
    assert OutboxEvent.objects.filter(type="trait.learned").count() == before + 1, "whoever listens hears of it"


def test_nobody_says_at_the_api_that_the_customer_said_it_in_his_area(world: World) -> None:
    party, api = world.parties["own"], api_of(world, "agent")
    learn(his_own(world), party, "size", "m", source="portal", confidence=1)
    body = {"kind": "colours-liked", "value": "blue", "source": "portal"}
    assert api.send(f"/parties/{party.pk}/traits", body).status_code == 422
    assert [one["source"] for one in api.read(f"/parties/{party.pk}/traits").json()["items"]] == ["portal"]
