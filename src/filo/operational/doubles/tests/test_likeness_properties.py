"""What holds for any two parties: no order, no surprise, probabilities between 0 and 1."""

from __future__ import annotations

import random
import string
from datetime import date, timedelta

import pytest

from filo.operational.doubles import labels
from filo.operational.doubles.keys import keys_of
from filo.operational.doubles.likeness.comparing import FIELDS, LEVELS, compare
from filo.operational.doubles.likeness.traits import Traits, traits_of

_GIVEN = ("Mario", "Maria", "Beppe", "Giuseppe", "M.", "Maria Grazia", "", "Ólafur", "Anna-Maria", "x", "李")
_FAMILY = ("Rossi", "Rosi", "De Luca", "Deluca", "D'Amico", "Rossi Bianchi", "", "Quagliarella", "Mario", "R")
_FIRMS = (
    "Bar Sport",
    "Sport Bar S.r.l.",
    "CNA",
    "Confederazione Nazionale Artigianato",
    "&",
    "Rossi & C. snc",
    "  ",
    "...",
)
_STREETS = ("Via Roma 1", "V. Roma, 1/A", "", "435 s. la cienega blv.", "1", "Via 4 Novembre", "n. 3", "snc", "Piazza")
_TOWNS = ("Roma", "Reggio nell'Emilia", "Reggio Emilia", "", "Milano", "Milno")


def anybody(chance: random.Random) -> Traits:
    def maybe(*values: str) -> str:
        return (
            chance.choice((*values, "")) if chance.random() < 0.8 else "".join(chance.choices(string.printable, k=12))
        )

    return traits_of(
        chance.choice(("person", "organisation")),
        given_name=maybe(*_GIVEN),
        family_name=maybe(*_FAMILY),
        legal_name=maybe(*_FIRMS),
        emails=[maybe("mario.rossi@libero.it", "info@rossi.it", "mario.rosi@libero.it", "@", "a@b")],
        phones=[maybe("+393331234567", "+393331234568", "+3933312345")],
        webs=[maybe("www.rossi.it", "http://[", "rossi.it/x")],
        vat_number=maybe("01234567897", "IT01234567897", "0"),
        codice_fiscale=maybe("RSSMRA70A31H501W", "RSSMRA70A31H510W", "01234567897"),
        birth_date=chance.choice((None, date(1970, 1, 1), date(1900, 1, 1) + timedelta(days=chance.randrange(40_000)))),
        addresses=[(maybe(*_STREETS), maybe("00184", "20121", "20100"), maybe(*_TOWNS)) for _each in range(2)],
    )


@pytest.mark.parametrize("seed", range(5))
def test_any_two_are_as_alike_from_both_sides(seed: int) -> None:
    chance = random.Random(seed)
    people = [anybody(chance) for _each in range(120)]
    for a in people:
        for b in people:
            found = compare(a, b)
            assert found == compare(b, a)
            assert 0.0 <= found.probability <= 1.0
            assert all(reason.field in FIELDS and reason.level in LEVELS for reason in found.reasons)


def test_who_is_compared_with_himself_contradicts_himself_in_nothing() -> None:
    chance = random.Random(7)
    for _each in range(500):
        somebody = anybody(chance)
        assert "different" not in {reason.level for reason in compare(somebody, somebody).reasons}


def test_keys_are_the_same_each_time_and_never_empty_strings() -> None:
    chance = random.Random(8)
    for _each in range(500):
        somebody = anybody(chance)
        assert keys_of(somebody) == keys_of(somebody)
        assert all(len(key) > 1 for key in keys_of(somebody))


def test_every_reason_has_words() -> None:
    assert set(FIELDS) == set(labels.FIELDS)
    assert set(LEVELS) == set(labels.LEVELS)
