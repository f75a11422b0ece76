"""How likely two people are one, said with names."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from filo.operational.doubles.likeness.commonness import Commonness
from filo.operational.doubles.likeness.comparing import BULK, FIELDS, LEVELS, SHOWN, compare
from filo.operational.doubles.likeness.model import DEFAULT, Model
from filo.operational.doubles.likeness.traits import Traits, traits_of

ROME = ("Via Roma 1", "00184", "Roma")
MILAN = ("Corso Italia 12", "20121", "Milano")


def person(given: str, family: str, **facts: Any) -> Traits:
    return traits_of("person", given_name=given, family_name=family, **facts)


def likely(a: Traits, b: Traits) -> float:
    found = compare(a, b)
    assert found == compare(b, a)
    assert all(reason.field in FIELDS and reason.level in LEVELS for reason in found.reasons)
    return found.probability


def levels(a: Traits, b: Traits) -> dict[str, str]:
    return {reason.field: reason.level for reason in compare(a, b).reasons}


def test_who_has_the_same_name_telephone_and_email_may_be_accepted_in_bulk() -> None:
    reached = {"phones": ["+393331234567"], "emails": ["mario.rossi@libero.it"]}
    assert likely(person("Mario", "Rossi", **reached), person("Mario", "Rossi", **reached)) >= BULK


@pytest.mark.parametrize(
    ("called", "named"),
    [
        ("Beppe", "Giuseppe"),
        ("Pino", "Giuseppe"),
        ("Pino", "Beppe"),
        ("Franca", "Francesca"),
        ("Enzo", "Vincenzo"),
        ("Totò", "Salvatore"),
        ("Gigi", "Luigi"),
        ("Mimmo", "Domenico"),
        ("Sandro", "Alessandro"),
        ("Bill", "William"),
    ],
)
def test_a_pet_name_is_the_name(called: str, named: str) -> None:
    a = person(called, "Quagliarella", phones=["+393331234567"])
    b = person(named, "Quagliarella", phones=["+393331234567"])
    assert levels(a, b)["given_name"] == "nickname"
    assert likely(a, b) >= SHOWN


def test_swapped_names_with_one_email_are_one_person() -> None:
    a = person("Rossi", "Mario", emails=["mario.rossi@libero.it"])
    b = person("Mario", "Rossi", emails=["mario.rossi@libero.it"])
    assert levels(a, b)["names"] == "swapped"
    assert likely(a, b) >= SHOWN


@pytest.mark.parametrize("written", ["D'Amico", "d’amico", "DAMICO", "Damìco"])
def test_apostrophes_accents_and_capitals_do_not_matter(written: str) -> None:
    assert levels(person("Niccolò", "D'Amico"), person("NICCOLO'", written)) == {
        "given_name": "exact",
        "family_name": "exact",
    }


def test_a_father_and_his_son_at_one_address_with_one_email_are_two() -> None:
    home = {"addresses": [ROME], "emails": ["famiglia.rossi@libero.it"], "phones": ["+39061234567"]}
    assert likely(person("Mario", "Rossi", **home), person("Luca", "Rossi", **home)) < 0.05


def test_a_brother_and_a_sister_one_letter_apart_are_two() -> None:
    home = {"addresses": [ROME], "phones": ["+39061234567"]}
    a, b = person("Paolo", "Bianchi", **home), person("Paola", "Bianchi", **home)
    assert levels(a, b)["given_name"] == "gender"
    assert likely(a, b) < 0.2


def test_two_colleagues_with_one_letter_box_are_two() -> None:
    office = {"addresses": [MILAN], "emails": ["info@aurora.example"], "phones": ["+390212345678"]}
    assert likely(person("Anna", "Greco", **office), person("Elena", "Fontana", **office)) < 0.01


def test_agreeing_on_rossi_says_less_than_on_quagliarella() -> None:
    common = compare(person("Mario", "Rossi"), person("Mario", "Rossi"))
    rare = compare(person("Mario", "Quagliarella"), person("Mario", "Quagliarella"))
    assert rare.weight > common.weight + 4
    assert common.probability < 0.2


def test_another_tax_code_or_birthday_speaks_loudly_against() -> None:
    same = {"addresses": [ROME]}
    a = person("Mario", "Rossi", codice_fiscale="RSSMRA70A01H501S", **same)
    b = person("Mario", "Rossi", codice_fiscale="RSSMRA85M01H501Q", **same)
    assert likely(a, b) < 0.15
    a = person("Mario", "Rossi", birth_date=date(1970, 1, 31), **same)
    b = person("Mario", "Rossi", birth_date=date(1998, 6, 12), **same)
    assert likely(a, b) < 0.3


def test_a_slip_in_a_code_or_a_day_is_no_contradiction() -> None:
    a = person("Mario", "Rossi", codice_fiscale="RSSMRA70A31H501V")
    b = person("Mario", "Rossi", codice_fiscale="RSSMRA70A31H510V")
    assert levels(a, b)["codice_fiscale"] == "typo"
    assert likely(a, b) >= SHOWN
    a, b = (
        person("Anna", "De Luca", birth_date=date(1970, 3, 12)),
        person("Anna", "Deluca", birth_date=date(1970, 12, 3)),
    )
    assert levels(a, b) == {"given_name": "exact", "family_name": "exact", "birth_date": "typo"}
    assert likely(a, b) >= SHOWN


def test_the_birthday_in_a_tax_code_is_compared_with_one_that_is_written() -> None:
    a = person("Mario", "Rossi", codice_fiscale="RSSMRA70A31H501V")
    b = person("Mario", "Rossi", birth_date=date(1970, 1, 31))
    assert levels(a, b)["birth_date"] == "exact"


def test_who_moved_house_and_kept_the_mobile_is_one() -> None:
    a = person("Fabrizia", "Scarpelli", phones=["+393331234567"], addresses=[ROME])
    b = person("Fabrizia", "Scarpelli", phones=["+393331234567"], addresses=[MILAN])
    assert levels(a, b)["address"] == "different"
    assert likely(a, b) >= SHOWN


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("V.le Europa, n° 12/A", "Viale Europa 12", "door"),
        ("P.zza G. Garibaldi 3", "Piazza Garibaldi, 3", "door"),
        ("Via 25 Aprile 3", "Via XXV Aprile 3", "door"),
        ("C.so Italia 5", "Corso Italia 7", "number"),
        ("Via Verdi", "Via Verdi 8", "street"),
        ("Via Verdi 8", "Via Manzoni 8", "town"),
    ],
)
def test_streets_agree_however_they_are_shortened(one: str, other: str, level: str) -> None:
    a = person("Anna", "Greco", addresses=[(one, "84121", "Salerno")])
    b = person("Anna", "Greco", addresses=[(other, "84121", "Salerno")])
    assert levels(a, b)["address"] == level


def test_nothing_known_but_a_name_is_never_enough_for_bulk() -> None:
    assert likely(person("Fabio", "Quagliarella"), person("Fabio", "Quagliarella")) < BULK


def test_a_person_and_a_firm_are_never_one() -> None:
    found = compare(person("Mario", "Rossi"), traits_of("organisation", legal_name="Mario Rossi"))
    assert found.probability == 0.0
    assert [reason.field for reason in found.reasons] == ["kind"]


def test_the_more_parties_there_are_the_less_a_name_says() -> None:
    a, b = person("Fabio", "Quagliarella"), person("Fabio", "Quagliarella")
    small, large = (compare(a, b, DEFAULT.among(count)) for count in (10_000, 1_000_000))
    assert small.probability > large.probability
    assert small.weight == large.weight


def test_a_letter_box_that_many_have_says_little() -> None:
    counted = Commonness.counted({"email": ["info@aurora.example"] * 50 + [f"{n}@aurora.example" for n in range(950)]})
    model = Model(DEFAULT.people, DEFAULT.firms, counted)
    a = person("Anna", "Greco", emails=["info@aurora.example"])
    rare = person("Anna", "Greco", emails=["7@aurora.example"])
    assert compare(a, a, model).probability < compare(rare, rare, model).probability
