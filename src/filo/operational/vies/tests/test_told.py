"""Names and addresses as member states tell them are compared with the card's and read into their parts."""

from __future__ import annotations

import pytest

from filo.operational.vies.numbers import asked_as
from filo.operational.vies.told import plain_words, read_address, same_address, same_name


@pytest.mark.parametrize(
    ("number", "asked"),
    [
        ("07643520567", ("IT", "07643520567")),
        ("DE136695976", ("DE", "136695976")),
        ("EL094259216", ("EL", "094259216")),
        ("GR094259216", ("EL", "094259216")),
        ("XI220430231", ("XI", "220430231")),
        ("NL004495445B01", ("NL", "004495445B01")),
        ("GB220430231", None),
        ("CHE116281710", None),
        ("DE", None),
        ("DE../../x", None),
        ("", None),
    ],
)
def test_vies_is_asked_about_the_union_and_northern_ireland_alone(number: str, asked: tuple[str, str] | None) -> None:
    assert asked_as(number) == asked


@pytest.mark.parametrize("nothing", ["---", "", None, " - ", "---\n---"])
def test_dashes_stand_for_nothing(nothing: str | None) -> None:
    assert plain_words(nothing) == ""


def test_a_name_in_capitals_without_dots_is_the_same() -> None:
    assert same_name("AURORA MODA SRL", "Aurora Moda S.r.l.")
    assert not same_name("AURORA MODA SPA", "Aurora Moda S.r.l.")


def test_an_address_is_the_same_whatever_its_signs() -> None:
    assert same_address("VIA ROMA 1\n20121 MILANO MI", ["Corso Como 3 20154 Milano", "Via Roma, 1 20121 Milano MI"])
    assert not same_address("VIA ROMA 2\n20121 MILANO MI", ["Via Roma, 1 20121 Milano MI"])


@pytest.mark.parametrize(
    ("told", "country", "parts"),
    [
        ("VIA PO 1\n10124 TORINO TO", "IT", ("VIA PO 1", "10124", "TORINO", "TO", "IT")),
        ("67 RUE DE LYON\n75012 PARIS", "FR", ("67 RUE DE LYON", "75012", "PARIS", "", "FR")),
        ("Damrak 70\n1012 LM AMSTERDAM", "NL", ("Damrak 70", "1012 LM", "AMSTERDAM", "", "NL")),
        ("Rue Haute 4\n7100 La Louvière", "BE", ("Rue Haute 4", "7100", "La Louvière", "", "BE")),
        ("PROSTA 51\n00-838 WARSZAWA", "PL", ("PROSTA 51", "00-838", "WARSZAWA", "", "PL")),
        ("8, rue Philippe II\nL-2340 Luxembourg", "LU", ("8, rue Philippe II", "2340", "Luxembourg", "", "LU")),
        ("Na Příkopě 33\nPraha 1\n110 00 PRAHA", "CZ", ("Na Příkopě 33, Praha 1", "110 00", "PRAHA", "", "CZ")),
        ("ΣΤΑΔΙΟΥ 5 10562 - ΑΘΗΝΑ", "EL", ("ΣΤΑΔΙΟΥ 5 10562 - ΑΘΗΝΑ", "", "", "", "GR")),
        ("LIFFEY QUAY 9, DUBLIN", "IE", ("LIFFEY QUAY 9, DUBLIN", "", "", "", "IE")),
    ],
)
def test_an_address_is_read_as_far_as_it_can_be(told: str, country: str, parts: tuple[str, ...]) -> None:
    found = read_address(told, country)
    assert tuple(found[name] for name in ("street", "postal_code", "city", "province", "country")) == parts
