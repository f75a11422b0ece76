"""Parties are found by the beginnings of their words, and by whole codes where these may be seen."""

from __future__ import annotations

import pytest

from filo.operational.parties.queries.searching import search_parties
from filo.operational.parties.services.editing import edit_party
from filo.testing.world import World

VAT, FISCAL = "00743110157", "RSSMRA85T10A562S"


def found(world: World, who: str, text: str) -> list[str]:
    return [party.display_name for party in search_parties(world.principal(who), text)]


@pytest.mark.parametrize("typed", ["emp", "EMP", "con", "emporio con", "conti emp"])
def test_three_letters_of_any_word_find_a_firm(world: World, typed: str) -> None:
    assert found(world, "agent", typed) == ["Emporio Conti S.n.c."]


def test_the_middle_of_a_word_finds_nothing(world: World) -> None:
    assert found(world, "agent", "porio") == []


@pytest.mark.parametrize("typed", ["D'Alo", "d’àlò", "dalo", "D'À", "alo", "boutique d'alo"])
def test_accents_and_apostrophes_do_not_matter(world: World, typed: str) -> None:
    assert found(world, "agent", typed) == ["Boutique D'Àlò"]


@pytest.mark.parametrize(
    "typed", ["02 1234567", "02 123 45 67", "+39 02 1234567", "0039 021234567", "02/123.45", "0212"]
)
def test_a_phone_is_found_however_it_is_grouped(world: World, typed: str) -> None:
    assert found(world, "agent", typed) == ["Lanificio Bassi S.r.l."]


@pytest.mark.parametrize("typed", ["info", "info@lan", "INFO@lanificio.example", "lanificio.ex"])
def test_the_beginning_of_an_e_mail_finds_its_party(world: World, typed: str) -> None:
    assert found(world, "agent", typed) == ["Lanificio Bassi S.r.l."]


def test_names_that_begin_with_what_was_typed_come_first(world: World) -> None:
    assert found(world, "agent", "bassi") == ["Anna Bassi", "Lanificio Bassi S.r.l."]


def test_one_kind_can_be_asked_for(world: World) -> None:
    rows = search_parties(world.principal("agent"), "bassi", kind="organisation")
    assert rows == [world.parties["own"]]


def test_nobody_finds_whom_they_do_not_see(world: World) -> None:
    assert found(world, "agent", "sartoria") == []
    assert found(world, "teammate", "sartoria") == ["Sartoria Riva"]


@pytest.mark.parametrize("typed", ["", "  ", "'", "%", "_"])
def test_no_word_finds_nobody(world: World, typed: str) -> None:
    assert found(world, "boss", typed) == []


@pytest.mark.parametrize("typed", [VAT, f"IT{VAT}", "it 007 431 10157"])
def test_a_vat_number_is_found_whole(world: World, typed: str) -> None:
    edit_party(world.principal("boss"), world.parties["own"], {"vat_number": VAT}, version=None)
    assert found(world, "agent", typed) == ["Lanificio Bassi S.r.l."]


@pytest.mark.parametrize("typed", [VAT[:8], VAT[:10], VAT[3:]])
def test_a_part_of_a_vat_number_finds_nothing(world: World, typed: str) -> None:
    edit_party(world.principal("boss"), world.parties["own"], {"vat_number": VAT}, version=None)
    assert found(world, "agent", typed) == []


def test_a_codice_fiscale_is_found_whole_and_only_by_those_who_see_it(world: World) -> None:
    edit_party(world.principal("boss"), world.parties["contact"], {"codice_fiscale": FISCAL}, version=None)
    assert found(world, "agent", FISCAL.lower()) == ["Anna Bassi"]
    assert found(world, "agent", FISCAL[:15]) == []
    assert found(world, "researcher", FISCAL) == []
    assert found(world, "stranger", FISCAL) == []


def test_a_new_name_is_found_and_the_old_one_no_more(world: World) -> None:
    edit_party(world.principal("agent"), world.parties["own"], {"legal_name": "Tessitura Bassi"}, version=None)
    assert found(world, "agent", "tessit") == ["Tessitura Bassi"]
    assert found(world, "agent", "srl") == []
