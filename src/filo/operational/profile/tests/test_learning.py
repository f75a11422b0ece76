"""A customer's own word beats a guess, the same is learned once, and what was known is kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.undoing import undo_operation
from filo.foundation.errors import Forbidden, InvalidFields
from filo.foundation.events.models import OutboxEvent
from filo.operational.profile.models import Trait
from filo.operational.profile.queries import history_of, trait_values, traits_of
from filo.operational.profile.services import confirm_trait, edit_kind, forget_trait, learn, make_ready_kinds
from filo.testing.world import World

pytestmark = pytest.mark.django_db
READER = system("reader")


def his_own(world: World) -> Principal:
    party = world.parties["own"]
    return Principal(kind="link", name=party.display_name, also={"party": party.pk})


def test_what_is_learned_is_usable_at_once_and_knows_its_source(world: World) -> None:
    party = world.parties["own"]
    found = learn(READER, party, "size", "L", source="chat", confidence=0.9, said="porto la L", about=("x", party.pk))
    assert trait_values(party, "size") == ["l"]
    assert (found.said, found.source, found.source_kind, found.source_id) == ("porto la L", "chat", "x", party.pk)
    assert OutboxEvent.objects.filter(type="trait.learned").count() == 1


def test_learning_the_same_again_changes_nothing(world: World) -> None:
    party = world.parties["own"]
    first = learn(READER, party, "size", "l", source="mail", confidence=0.6)
    assert learn(READER, party, "size", "L", source="chat", confidence=0.6) == first
    assert learn(READER, party, "size", "L", source="chat", confidence=0.5) == first
    assert Trait.objects.count() == 1


def test_a_weaker_guess_never_takes_the_place_of_a_stronger_one(world: World) -> None:
    party = world.parties["own"]
    learn(READER, party, "size", "l", source="order", confidence=0.7)
    kept = learn(READER, party, "size", "m", source="order", confidence=0.5)
    assert kept.value == "l"
    assert trait_values(party, "size") == ["l"]
    learn(READER, party, "size", "xl", source="order", confidence=0.75)
    assert trait_values(party, "size") == ["xl"]


def test_a_customers_own_word_beats_a_guess_however_sure(world: World) -> None:
    party = world.parties["own"]
    learn(his_own(world), party, "size", "m", source="portal", confidence=1)
    learn(READER, party, "size", "l", source="order", confidence=1)
    assert trait_values(party, "size") == ["m"]
    learn(READER, party, "size", "xl", source="mail", confidence=0.9, said="ora porto la XL")
    assert trait_values(party, "size") == ["xl"], "his newer word"
    assert [row.value for row in history_of(world.principal("agent"), party)] == ["m"]


def test_a_guess_that_he_confirmed_is_his_word(world: World) -> None:
    party = world.parties["own"]
    guess = learn(READER, party, "size", "l", source="order", confidence=0.4)
    assert confirm_trait(his_own(world), guess).confirmed_at is not None
    learn(READER, party, "size", "m", source="order", confidence=1)
    assert trait_values(party, "size") == ["l"]


def test_several_values_hold_where_the_kind_says_so_and_opposites_do_not(world: World) -> None:
    party = world.parties["own"]
    for fibre in ("wool", "synthetic"):
        learn(READER, party, "fibres-avoided", fibre, source="chat", confidence=0.9, said="niente")
    assert trait_values(party, "fibres-avoided") == ["wool", "synthetic"]
    learn(READER, party, "fibres-wanted", "wool", source="chat", confidence=0.9, said="solo lana")
    assert (trait_values(party, "fibres-avoided"), trait_values(party, "fibres-wanted")) == (["synthetic"], ["wool"])


@pytest.mark.parametrize(
    ("kind", "value", "confidence", "field"),
    [
        ("size", "huge", 1, "value"),
        ("size", "", 1, "value"),
        ("no-such-kind", "l", 1, "kind"),
        ("child-birth-year", "six", 1, "value"),
        ("size", "l", 1.5, "confidence"),
        ("size", "l", float("nan"), "confidence"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    world: World, kind: str, value: str, confidence: float, field: str
) -> None:
    with pytest.raises(InvalidFields) as refused:
        learn(READER, world.parties["own"], kind, value, source="chat", confidence=confidence)
    assert list(refused.value.fields) == [field]


def test_only_who_edits_the_customer_and_he_himself_may(world: World) -> None:
    party = world.parties["own"]
    with pytest.raises(Forbidden):
        learn(world.principal("stranger"), party, "size", "l", source="colleague", confidence=1)
    with pytest.raises(Forbidden):
        learn(his_own(world), world.parties["southern"], "size", "l", source="colleague", confidence=1)
    found = learn(world.principal("agent"), party, "size", "l", source="colleague", confidence=1)
    with pytest.raises(Forbidden):
        forget_trait(world.principal("stranger"), found)


def test_nobody_sees_what_is_known_of_a_customer_that_is_not_his(world: World) -> None:
    learn(READER, world.parties["own"], "size", "l", source="chat", confidence=1)
    assert traits_of(world.parties["own"], world.principal("agent"))
    assert not traits_of(world.parties["own"], world.principal("stranger"))
    assert Trait.objects.visible_to(his_own(world)).count() == 1
    other = Principal(kind="link", name="x", also={"party": world.parties["southern"].pk})
    assert not Trait.objects.visible_to(other).exists()
    assert not Trait.objects.visible_to(Principal(kind="link", name="x", also={"party": None})).exists()


def test_correcting_is_taken_back_as_one(world: World) -> None:
    agent, party = world.principal("agent"), world.parties["own"]
    learn(agent, party, "size", "l", source="colleague", confidence=1)
    with clock.at(clock.now() + timedelta(minutes=1)), one_operation() as act:
        learn(agent, party, "size", "m", source="colleague", confidence=1)
    undo_operation(agent, act.id)
    assert trait_values(party, "size") == ["l"]


def test_a_kind_out_of_use_is_not_learned_and_not_shown(world: World) -> None:
    make_ready_kinds()
    party = world.parties["own"]
    found = learn(READER, party, "size", "l", source="chat", confidence=1)
    admin = world.principal("admin")
    kind = found.kind
    edit_kind(admin, kind, label_it="T", label_en="S", choices=kind.choices, active=False)
    assert (traits_of(party), trait_values(party, "size")) == ({}, [])
    with pytest.raises(InvalidFields):
        learn(READER, party, "size", "m", source="chat", confidence=1)
