"""How likely two firms are one, said with names."""

from __future__ import annotations

from typing import Any

import pytest

from filo.operational.doubles.likeness.comparing import BULK, SHOWN, compare
from filo.operational.doubles.likeness.traits import Traits, traits_of

DOOR = ("Via Giuseppe Verdi 8", "84121", "Salerno")
ELSEWHERE = ("Corso Italia 12", "20121", "Milano")


def firm(name: str, **facts: Any) -> Traits:
    return traits_of("organisation", legal_name=name, **facts)


def likely(a: Traits, b: Traits) -> float:
    assert compare(a, b) == compare(b, a)
    return compare(a, b).probability


def levels(a: Traits, b: Traits) -> dict[str, str]:
    return {reason.field: reason.level for reason in compare(a, b).reasons}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quagliarella S.r.l.", "QUAGLIARELLA SRL"),
        ("Quagliarella S.r.l.", "Quagliarella società a responsabilità limitata"),
        ("Rossi & Figli S.n.c.", "Rossi e Figli snc"),
        ("F.lli Scarpelli", "Fratelli Scarpelli"),
        ("Euro Impianti S.p.A.", "Euroimpianti SpA"),
    ],
)
def test_legal_forms_and_little_words_do_not_matter(one: str, other: str) -> None:
    a, b = firm(one, addresses=[DOOR]), firm(other, addresses=[DOOR])
    assert levels(a, b)["name"] == "exact"
    assert levels(a, b).get("legal_form", "exact") == "exact"
    assert likely(a, b) >= SHOWN


def test_the_order_of_words_does_not_matter() -> None:
    a, b = firm("Hotel Bel-Air", addresses=[DOOR]), firm("Bel Air Hotel", addresses=[DOOR])
    assert levels(a, b)["name"] == "words"
    assert likely(a, b) >= SHOWN


def test_one_vat_number_is_one_firm_whatever_it_is_called() -> None:
    a = firm("Quagliarella Arredamenti S.r.l.", vat_number="01234567897", addresses=[DOOR])
    b = firm("Arredamenti Quagliarella", vat_number="IT01234567897", addresses=[ELSEWHERE])
    assert likely(a, b) >= BULK


def test_a_tax_code_that_is_the_vat_number_is_one_field() -> None:
    a, b = firm("Quagliarella", vat_number="01234567897"), firm("Quagliarella", codice_fiscale="01234567897")
    assert levels(a, b)["vat_number"] == "exact"


def test_two_firms_of_one_owner_under_one_roof_are_two() -> None:
    roof = {"addresses": [DOOR], "phones": ["+39089123456"], "webs": ["https://www.aurora.example"]}
    a = firm("Aurora Moda S.r.l.", vat_number="01234567897", **roof)
    b = firm("Aurora Casa S.r.l.", vat_number="11359591002", **roof)
    assert likely(a, b) < 0.05
    assert likely(firm("Aurora Moda S.r.l.", **roof), firm("Aurora Casa S.r.l.", **roof)) < SHOWN


def test_a_name_that_many_bars_have_is_no_double() -> None:
    assert likely(firm("Bar Sport"), firm("Bar Sport")) < 0.2
    assert likely(firm("Bar Sport", addresses=[DOOR]), firm("Bar Sport", addresses=[ELSEWHERE])) < 0.05


def test_a_branch_with_the_same_domain_in_another_town_is_not_accepted_in_bulk() -> None:
    a = firm("Quagliarella Arredamenti", webs=["quagliarella.example"], addresses=[DOOR])
    b = firm("Quagliarella Arredamenti", webs=["quagliarella.example"], addresses=[ELSEWHERE])
    assert likely(a, b) < BULK


def test_a_rare_word_says_more_than_the_trade() -> None:
    rare = compare(firm("Ristorante Quagliarella"), firm("Trattoria Quagliarella"))
    trade = compare(firm("Ristorante Quagliarella"), firm("Ristorante Scarpelli"))
    assert rare.weight > 0 > trade.weight


def test_the_domain_of_a_provider_is_nobodys() -> None:
    a, b = firm("Quagliarella", emails=["quagliarella@libero.it"]), firm("Scarpelli", emails=["scarpelli@libero.it"])
    assert "domain" not in levels(a, b)
    a, b = firm("Quagliarella", emails=["a@quagliarella.example"]), firm("Scarpelli", webs=["quagliarella.example"])
    assert levels(a, b)["domain"] == "exact"
