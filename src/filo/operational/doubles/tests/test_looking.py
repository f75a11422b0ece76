"""Cards of one customer are found, by whoever may see both, and what people decided about them stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from time_machine import TimeMachineFixture

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.errors import Forbidden
from filo.foundation.events.models import OutboxEvent
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.services import enqueue
from filo.operational.doubles.handlers import forget_the_absorbed, look_soon, remember_that_they_are_two
from filo.operational.doubles.jobs import look_at_what_changed
from filo.operational.doubles.models import DoubleKey, DoublePair
from filo.operational.doubles.queries.candidates import SURE, candidates
from filo.operational.doubles.queries.pairs import open_pairs
from filo.operational.doubles.queries.traits import traits_of_facts
from filo.operational.doubles.services.deciding import merge_alike, say_two
from filo.operational.doubles.services.looking import MANY, RESTED, are_still_arriving, look_at, look_at_changed
from filo.operational.doubles.services.nightly import look_at_all
from filo.operational.parties.drafts import clean_party
from filo.operational.parties.events import PartiesMerged, PartiesUnmerged
from filo.operational.parties.models import Merge, Party
from filo.operational.parties.services.arrivals import Arrival, RelationshipSpec, bring_in, create_party
from filo.operational.parties.services.editing import delete_party, edit_party
from filo.operational.parties.services.merging.merging import merge_parties
from filo.operational.parties.services.merging.unmerging import unmerge_parties
from filo.testing.world import BUILDER, World

MARIO: dict[str, Any] = {
    "kind": "person",
    "given_name": "Giuseppe",
    "family_name": "Quagliarella",
    "contact_points": [
        {"type": "mobile", "value": "333 7654321"},
        {"type": "email", "value": "g.quagliarella@example.it"},
    ],
    "addresses": [{"street": "Via Garibaldi 12", "postal_code": "84121", "city": "Salerno", "province": "SA"}],
}
PEPPE: dict[str, Any] = {
    "kind": "person",
    "given_name": "Peppe",
    "family_name": "Quagliarella",
    "contact_points": [{"type": "mobile", "value": "+39 3337654321"}],
    "addresses": [{"street": "V. Garibaldi, 12", "postal_code": "84121", "city": "Salerno", "province": "SA"}],
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def two(world: World) -> tuple[Party, Party]:
    """Giuseppe of the agent, and the same man as Peppe of the teammate."""
    return (made(world, MARIO, "agent"), made(world, PEPPE, "teammate"))


def made(world: World, data: dict[str, Any], owner: str) -> Party:
    spec = RelationshipSpec(company=world.companies["moda"], area=world.areas["nord"], owner_id=world.people[owner].id)
    return create_party(BUILDER, data, relationships=[spec])


def found(principal: Principal) -> list[tuple[str, str]]:
    return [(pair.first.display_name, pair.second.display_name) for pair in open_pairs(principal)]


def test_a_look_finds_the_pair_with_its_reasons(world: World, two: tuple[Party, Party]) -> None:
    assert look_at_changed() == Party.objects.count()
    pair = open_pairs(world.principal("admin"))[0]
    assert (pair.first, pair.second) == two
    assert pair.probability > 0.9
    assert {(field, level) for field, level, _bits in pair.reasons} >= {("phone", "mobile"), ("family_name", "exact")}


def test_only_who_sees_both_cards_is_told(world: World, two: tuple[Party, Party]) -> None:
    look_at_changed()
    both = [("Giuseppe Quagliarella", "Peppe Quagliarella")]
    assert found(world.principal("admin")) == found(world.principal("manager")) == both
    assert found(world.principal("agent")) == found(world.principal("stranger")) == []


def test_looking_again_changes_nothing_and_a_change_that_tells_them_apart_ends_it(
    world: World, two: tuple[Party, Party]
) -> None:
    look_at_changed()
    keys, pair = DoubleKey.objects.count(), DoublePair.objects.get()
    look_at_changed()
    assert look_at_all() == 2 * Party.objects.count()
    assert (DoubleKey.objects.count(), DoublePair.objects.get().pk) == (keys, pair.pk)
    told_apart = {
        "given_name": "Luigi",
        "birth_date": "1990-05-05",
        "contact_points": [{"type": "mobile", "value": "347 1112223"}],
        "addresses": [],
    }
    edit_party(BUILDER, two[1], told_apart, version=None)
    look_at_changed()
    assert not DoublePair.objects.exists()


def test_at_night_pairs_that_are_not_alike_any_more_go_and_those_that_were_decided_stay(
    world: World, two: tuple[Party, Party]
) -> None:
    third = made(world, MARIO | {"given_name": "Anna", "contact_points": [], "addresses": []}, "agent")
    fourth = made(world, MARIO | {"given_name": "Bea", "contact_points": [], "addresses": []}, "agent")
    look_at_changed()
    facts = {"probability": 0.8, "found_at": clock.now()}
    DoublePair.objects.create(first=third, second=fourth, **facts)
    DoublePair.objects.create(first=two[0], second=fourth, state="two", **facts)
    look_at_all()
    assert set(DoublePair.objects.values_list("first", "second", "state")) == {
        (two[0].pk, two[1].pk, "open"),
        (two[0].pk, fourth.pk, "two"),
    }


def test_a_card_in_the_bin_is_nobodys_double(world: World, two: tuple[Party, Party]) -> None:
    delete_party(BUILDER, two[1])
    look_at_all()
    assert found(world.principal("admin")) == []


def test_while_typing_the_visible_ones_are_named(world: World, two: tuple[Party, Party]) -> None:
    look_at_changed()
    typed = traits_of_facts(
        {
            "kind": "person",
            "family_name": "Quagliarela",
            "given_name": "Giuseppe",
            "contact_points": [{"type": "mobile", "value": "3337654321"}, {"type": "email", "value": "no"}],
        }
    )
    assert [one.party for one in candidates(world.principal("agent"), typed)] == [two[0]]
    assert candidates(world.principal("stranger"), typed) == []


def test_codes_are_compared_once_they_are_whole_however_they_are_typed() -> None:
    name = {"kind": "organisation", "legal_name": "Lanificio Bassi", "vat_number": "IT 076 435 210 03"}
    typed = traits_of_facts(name | {"codice_fiscale": "0764"})
    assert (typed.vat, typed.codice_fiscale) == ("07643521003", "")


def test_two_customers_stay_two_through_later_looks_and_merges(world: World, two: tuple[Party, Party]) -> None:
    manager = world.principal("manager")
    look_at_changed()
    with pytest.raises(Forbidden):
        say_two(world.principal("agent"), DoublePair.objects.get())
    say_two(manager, DoublePair.objects.get())
    look_at_all()
    assert found(manager) == []
    third = made(world, MARIO | {"given_name": "G."}, "agent")
    merge = merge_parties(BUILDER, two[0], third)
    forget_the_absorbed(PartiesMerged(party=two[0].id, absorbed=third.id, merge=merge.id), None)  # type: ignore[arg-type]
    pair = DoublePair.objects.get()
    assert (pair.state, len(pair.reasons) > 2) == ("two", True)


def test_who_were_parted_are_not_proposed_again(world: World, two: tuple[Party, Party]) -> None:
    look_at_changed()
    merge = merge_parties(BUILDER, *two)
    forget_the_absorbed(PartiesMerged(party=two[0].id, absorbed=two[1].id, merge=merge.id), None)  # type: ignore[arg-type]
    assert not DoublePair.objects.exists()
    assert not DoubleKey.objects.filter(party=two[1]).exists()
    unmerge_parties(BUILDER, merge)
    parted = PartiesUnmerged(party=two[0].id, absorbed=two[1].id, merge=merge.id)
    remember_that_they_are_two(parted, None)  # type: ignore[arg-type]
    look_at_all()
    assert found(world.principal("admin")) == []
    assert DoublePair.objects.get().state == "two"


def test_all_that_are_nearly_certain_are_merged_at_once_into_the_older_card(
    world: World, two: tuple[Party, Party]
) -> None:
    edit_party(BUILDER, two[1], {"given_name": "Giuseppe", "contact_points": MARIO["contact_points"]}, version=None)
    look_at_changed()
    assert merge_alike(world.principal("agent"), least=SURE) == {"merged": 0, "left": 0}
    assert merge_alike(world.principal("manager"), least=SURE) == {"merged": 1, "left": 0}
    merge = Merge.objects.get()
    assert (merge.kept, merge.absorbed) == two


def test_a_father_and_his_son_who_share_telephone_and_door_are_not_nearly_certain(world: World) -> None:
    made(world, MARIO, "agent")
    made(world, MARIO | {"given_name": "Luca", "contact_points": MARIO["contact_points"][:1]}, "agent")
    look_at([party.pk for party in Party.objects.all()])
    assert not DoublePair.objects.filter(probability__gte=SURE).exists()


def test_many_changes_ask_for_one_look(world: World) -> None:
    rows = list(OutboxEvent.objects.filter(type="party.created"))
    assert len(rows) > 1
    look_soon(rows)
    look_soon(rows)
    assert 1 <= Job.objects.filter(name="doubles.look_at_what_changed").count() <= 2  # two, where 5 seconds end between
    Job.objects.all().delete()
    look_soon([row for row in OutboxEvent.objects.all() if not row.type.startswith("party.")])
    assert not Job.objects.filter(name="doubles.look_at_what_changed").exists(), "only cards are looked at"


@pytest.mark.django_db
def test_what_comes_in_by_the_thousand_is_looked_at_when_all_of_it_is_here(
    world: World, time_machine: TimeMachineFixture
) -> None:
    drafts = [clean_party({"kind": "person", "family_name": f"Rossi {number}"}) for number in range(MANY + 1)]
    look_at_changed()
    time_machine.move_to("2027-05-04T09:00:00+00:00", tick=False)
    bring_in(BUILDER, [Arrival(draft, ()) for draft in drafts])
    time_machine.move_to("2027-05-04T09:00:05+00:00", tick=False)
    assert are_still_arriving()
    waiting = Job.objects.filter(name="doubles.look_at_what_changed", key__startswith="rested")
    for asked in (enqueue("doubles.look_at_what_changed"), enqueue("doubles.look_at_what_changed")):
        assert look_at_what_changed(JobContext(asked, atomic=False)) == {"looked_at": 0}
    assert waiting.get().run_at == clock.now() + RESTED
    time_machine.move_to("2027-05-04T09:00:11+00:00", tick=False)
    assert not are_still_arriving()
    made(world, MARIO, "agent")
    assert are_still_arriving()
    time_machine.move_to("2027-05-04T09:31:00+00:00", tick=False)
    made(world, PEPPE, "agent")
    assert not are_still_arriving()  # nobody waits longer than half an hour
