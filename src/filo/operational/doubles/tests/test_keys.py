"""True doubles share a key; strangers of the same kind mostly share none; no key is long."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from filo.operational.doubles.keys import keys_of, pairs_in_blocks
from filo.operational.doubles.likeness.traits import Traits, traits_of


def person(given: str, family: str, **facts: Any) -> Traits:
    return traits_of("person", given_name=given, family_name=family, **facts)


def firm(name: str, **facts: Any) -> Traits:
    return traits_of("organisation", legal_name=name, **facts)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person("Mario", "Rossi"), person("Rossi", "Mario")),
        (person("Beppe", "Quagliarella"), person("Giuseppe", "Quagliarella")),
        (person("Niccolò", "D'Amico"), person("NICCOLO", "damico")),
        (person("Mario", "Quagliarella"), person("Mario", "Quagliarela")),
        (person("Mario", "Quagliarella"), person("Mario", "Guagliarella")),
        (person("Mario", "Quagliarella"), person("Mauro", "Quagliarella", phones=["+393331234567"])),
        (person("Anna", "Greco", birth_date=date(1970, 3, 12)), person("Ana", "Fontana", birth_date=date(1970, 3, 12))),
        (person("A", "Greco", phones=["+393331234567"]), person("", "Greco", phones=["+393331234576"])),
        (person("A", "Greco", phones=["+393331234567"]), person("", "Greco", phones=["+393338234567"])),
        (person("", "X", codice_fiscale="RSSMRA70A31H501V"), person("", "Y", codice_fiscale="RSSMRA70A31H510V")),
        (person("", "X", codice_fiscale="RSSMRA70A31H501V"), person("", "Y", codice_fiscale="RSMSRA70A31H501V")),
        (firm("Hotel Bel-Air"), firm("Bel Air Hotel")),
        (firm("Euro Impianti S.r.l."), firm("Euroimpianti SRL")),
        (firm("Rossi & Figli"), firm("Rossi e Figli snc")),
        (firm("Trattoria Quagliarella"), firm("Quagliarella Ristorante")),
        (firm("A", vat_number="01234567897"), firm("B", vat_number="01234567987")),
        (
            firm("A", addresses=[("V.le Europa 12", "", "Roma")]),
            firm("B", addresses=[("Viale Europa, 12/A", "", "Roma")]),
        ),
    ],
)
def test_doubles_meet_whatever_is_wrong_with_them(a: Traits, b: Traits) -> None:
    assert keys_of(a) & keys_of(b)


def test_strangers_do_not_meet() -> None:
    a = person("Anna", "Greco", emails=["anna@greco.example"], birth_date=date(1970, 3, 12))
    b = person("Elena", "Fontana", emails=["elena@fontana.example"], birth_date=date(1971, 8, 30))
    assert not keys_of(a) & keys_of(b)


def test_a_person_and_a_firm_never_meet() -> None:
    shared = {"emails": ["info@rossi.example"], "phones": ["+39089123456"]}
    assert not keys_of(person("Mario", "Rossi", **shared)) & keys_of(firm("Mario Rossi", **shared))


def test_keys_are_short_whatever_is_written() -> None:
    long = person("Maria " * 200, "Rossi" * 500, emails=["x" * 300 + "@rossi.example"])
    assert max(map(len, keys_of(long))) <= 41


def test_a_block_that_is_too_large_is_left_out_and_told() -> None:
    told = pairs_in_blocks([(number, frozenset({"rossi", f"half{number % 2}"})) for number in range(6)], largest=4)
    assert told.pairs == {(0, 2), (0, 4), (2, 4), (1, 3), (1, 5), (3, 5)}
    assert (told.blocks, told.left_out, told.largest) == (3, 1, 6)
