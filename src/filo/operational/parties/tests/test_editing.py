"""Facts change without one writer losing what another saved, and a bin gives back what it took."""

from __future__ import annotations

import pytest

from filo.foundation.errors import Forbidden, InvalidFields, NotFound, Stale
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import deleted_party, seen_party
from filo.operational.parties.queries.searching import search_parties
from filo.operational.parties.services.editing import delete_party, edit_party, facts_of, restore_party
from filo.testing.world import World


def kept(party: Party) -> Party:
    return Party.objects.get(pk=party.pk)


def test_two_writers_of_different_fields_are_both_kept(world: World) -> None:
    party = kept(world.parties["own"])
    base = facts_of(party)
    edit_party(world.principal("manager"), party, {"sector": "Tessile"}, version=1, base=base)
    edit_party(world.principal("agent"), party, {"notes": "Paga a 60 giorni", "sector": ""}, version=1, base=base)
    found = kept(party)
    assert (found.sector, found.notes, found.version) == ("Tessile", "Paga a 60 giorni", 3)


def test_the_same_field_written_twice_shows_both_values_and_keeps_the_first(world: World) -> None:
    party = kept(world.parties["own"])
    base = facts_of(party)
    edit_party(world.principal("manager"), party, {"sector": "Tessile"}, version=1, base=base)
    with pytest.raises(Stale) as refusal:
        edit_party(world.principal("agent"), party, {"sector": "Lana", "notes": "Nuova"}, version=1, base=base)
    assert (refusal.value.differing, refusal.value.version) == ({"sector": ("Tessile", "Lana")}, 2)
    assert (kept(party).sector, kept(party).notes) == ("Tessile", "")


def test_two_writers_who_agree_do_not_clash(world: World) -> None:
    party = kept(world.parties["own"])
    base = facts_of(party)
    edit_party(world.principal("manager"), party, {"sector": "Tessile"}, version=1, base=base)
    edit_party(world.principal("agent"), party, {"sector": "Tessile"}, version=1, base=base)
    assert (kept(party).sector, kept(party).version) == ("Tessile", 2)


def test_without_what_was_read_a_stale_version_is_refused_whatever_the_field(world: World) -> None:
    party = kept(world.parties["own"])
    edit_party(world.principal("manager"), party, {"sector": "Tessile"}, version=1)
    with pytest.raises(Stale) as refusal:
        edit_party(world.principal("agent"), party, {"notes": "Nuova"}, version=1)
    assert refusal.value.differing == {"notes": ("", "Nuova")}


def test_nothing_changed_is_no_new_version(world: World) -> None:
    party = kept(world.parties["own"])
    assert edit_party(world.principal("agent"), party, {"sector": ""}, version=1).version == 1


def test_points_and_addresses_that_are_not_named_stay(world: World) -> None:
    party = kept(world.parties["own"])
    edit_party(world.principal("agent"), party, {"sector": "Lana"}, version=1)
    assert party.contact_points.count() == 2
    assert party.addresses.get().city == "Milano"


@pytest.mark.parametrize(
    ("who", "field", "value"),
    [("researcher", "codice_fiscale", "RSSMRA85T10A562S"), ("operator", "birth_date", "1985-12-10")],
)
def test_a_field_that_one_may_not_see_is_not_there_to_be_written(
    world: World, who: str, field: str, value: str
) -> None:
    party = kept(world.parties["contact"])
    with pytest.raises(InvalidFields) as refusal:
        edit_party(world.principal(who), party, {field: value, "notes": "Nuova"}, version=1)
    assert list(refusal.value.fields) == [field]
    assert (kept(party).notes, kept(party).version) == ("", 1)


def test_a_writer_who_does_not_see_a_field_leaves_it_as_it_was(world: World) -> None:
    party = kept(world.parties["contact"])
    edit_party(world.principal("boss"), party, {"codice_fiscale": "RSSMRA85T10A562S"}, version=1)
    edit_party(world.principal("researcher"), party, {"notes": "Nuova"}, version=2)
    assert kept(party).codice_fiscale == "RSSMRA85T10A562S"


def test_an_agent_does_not_change_a_colleagues_customer(world: World) -> None:
    with pytest.raises(Forbidden):
        edit_party(world.principal("agent"), world.parties["teammates"], {"notes": "Mio"}, version=1)


def test_what_is_in_the_bin_is_neither_seen_nor_found_nor_changed(world: World) -> None:
    manager, party = world.principal("manager"), world.parties["own"]
    delete_party(manager, party)
    with pytest.raises(NotFound):
        seen_party(manager, party.id)
    with pytest.raises(NotFound):
        edit_party(manager, party, {"notes": "Nuova"}, version=1)
    assert search_parties(manager, "lanificio") == []
    assert deleted_party(manager, party.id) == party


def test_what_comes_back_from_the_bin_is_whole_and_found_again(world: World) -> None:
    manager, party = world.principal("manager"), world.parties["own"]
    delete_party(manager, party)
    restore_party(manager, deleted_party(manager, party.id))
    assert seen_party(manager, party.id) == party
    assert search_parties(manager, "lanificio") == [party]
    assert search_parties(manager, "info@lanificio") == [party]
    assert party.contact_points.count() == 2


def test_an_agent_puts_nobody_into_the_bin(world: World) -> None:
    with pytest.raises(Forbidden):
        delete_party(world.principal("agent"), world.parties["own"])
    assert kept(world.parties["own"]).deleted_at is None


def test_another_areas_bin_is_closed(world: World) -> None:
    delete_party(world.principal("manager"), world.parties["own"])
    with pytest.raises(NotFound):
        deleted_party(world.principal("other_manager"), world.parties["own"].id)
