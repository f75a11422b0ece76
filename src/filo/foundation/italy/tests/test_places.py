"""Italian addresses are checked without refusing real ones."""

from __future__ import annotations

import pytest
from django.utils.functional import Promise
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.places import (
    PROVINCES,
    all_comuni,
    check_postal_code,
    clean_postal_code,
    comuni,
    comuni_of_postal_code,
    find_comune,
    find_province,
    province_code,
    region_of,
)


def test_there_are_110_provinces_in_20_regions_each_found_by_its_name_and_letters() -> None:
    assert len(PROVINCES) == 110
    assert len({province.region for province in PROVINCES}) == 20
    for province in PROVINCES:
        assert province_code(province.name) == province_code(province.code.lower()) == province.code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("Salerno (SA)", "SA"),
        ("Reggio nell'Emilia", "RE"),
        ("Reggio Calabria", "RC"),
        ("FORLI' CESENA", "FC"),
        ("Monza e della Brianza", "MB"),
        ("Bolzano/Bozen", "BZ"),
        ("Valle d'Aosta/Vallée d'Aoste", "AO"),
        ("L’Aquila", "AQ"),
        ("prov. di Napoli", "NA"),
        ("Città metropolitana di Roma Capitale", "RM"),
        ("FO", "FC"),
        ("PS", "PU"),
        ("Sud Sardegna", "SU"),
        ("Carbonia-Iglesias", "CI"),
        ("zz", None),
        ("", None),
    ],
)
def test_a_province_is_understood_as_it_is_written(value: str, code: str | None) -> None:
    assert province_code(value) == code


def test_a_former_province_carries_a_note() -> None:
    former, present = find_province("SU"), find_province("SA")

    assert former is not None
    assert isinstance(former.note, Promise)
    assert present is not None
    assert present.note == ""


def test_a_province_tells_its_region() -> None:
    assert region_of("Salerno") == "Campania"
    assert region_of("SU") == "Sardegna"
    assert region_of("?") is None


def test_nearly_every_municipality_has_postal_codes() -> None:
    assert len(all_comuni()) > 7800
    assert [comune.name for comune in all_comuni() if not comune.postal_codes] == []


def test_a_municipality_is_found_in_both_its_languages_and_with_an_abbreviated_saint() -> None:
    for written in ("Bolzano", "BOZEN", "Bolzano/Bozen"):
        comune = find_comune(written)
        assert comune is not None
        assert (comune.province, comune.postal_codes) == ("BZ", ("39100",))
    saint = find_comune("S. Giovanni a Piro", "Salerno")
    assert saint is not None
    assert saint.name == "San Giovanni a Piro"


def test_a_name_of_two_municipalities_needs_the_province() -> None:
    assert find_comune("Castro") is None
    southern = find_comune("Castro", "LE")
    assert southern is not None
    assert southern.region == "Puglia"


@pytest.mark.parametrize(
    ("name", "province", "code"),
    [
        ("Cagliari", "CA", "09121"),
        ("Alghero", "SS", "07041"),
        ("Santa Teresa Gallura", "OT", "07028"),
        ("Tortolì", "OG", "08048"),
        ("Teulada", "CI", "09019"),
        ("Carbonia", "CI", "09013"),
        ("Nuoro", "NU", "08100"),
        ("Seui", "OG", "09064"),
    ],
)
def test_sardinian_municipalities_stand_in_their_new_provinces(name: str, province: str, code: str) -> None:
    comune = find_comune(name, province)

    assert comune is not None
    assert comune.province == province
    assert comune.postal_codes[0] == code


def test_an_address_with_the_former_sardinian_province_is_right() -> None:
    assert check_postal_code("09013", "Carbonia", "SU") == []
    assert check_postal_code("09013", "Carbonia", "Sulcis Iglesiente") == []


def test_completion_begins_with_what_begins_so() -> None:
    found = comuni("saler", 3)

    assert [comune.name for comune in found] == ["Salerano Canavese", "Salerano sul Lambro", "Salerno"]
    assert [comune.name for comune in comuni("giovanni a piro")] == ["San Giovanni a Piro"]
    assert comuni("", 10) == comuni("sa", 0) == []


def test_a_postal_code_tells_its_municipalities() -> None:
    assert [comune.name for comune in comuni_of_postal_code("84121")] == ["Salerno"]
    assert comuni_of_postal_code("99999") == ()


@pytest.mark.parametrize(
    ("written", "country", "code"),
    [
        ("84121", "IT", "84121"),
        ("I-84121", "IT", "84121"),
        ("CAP 84 121", "IT", "84121"),
        ("0184", "IT", "00184"),
        ("1100", "IT", "01100"),
        ("", "IT", ""),
        (" ec1a  1bb ", "GB", "EC1A 1BB"),
    ],
)
def test_a_postal_code_is_cleaned(written: str, country: str, code: str) -> None:
    assert clean_postal_code(written, country) == code


@pytest.mark.parametrize("written", ["4712", "841211", "ABCDE", "84 12"])
def test_only_the_form_of_a_postal_code_is_certain(written: str) -> None:
    problems = check_postal_code(written, "Forlì", "FC")

    assert [(problem.field, problem.code, problem.certain) for problem in problems] == [
        ("postal_code", "postal-code-format", True)
    ]


@pytest.mark.parametrize(
    ("cap", "city", "province", "codes"),
    [
        ("84121", "Salerno", "SA", []),
        ("", "Roma", "Roma", []),
        ("84100", "Salerno", "SA", ["postal-code-general"]),
        ("20121", "Salerno", "SA", ["postal-code-of-other-province"]),
        ("84043", "Salerno", "SA", ["postal-code-of-other-city"]),
        ("99999", None, None, ["postal-code-unknown"]),
        ("84059", "Marina di Camerota", "SA", ["city-unknown"]),
        ("84043", "Agropoli", "NA", ["city-in-other-province", "postal-code-of-other-province"]),
        ("84121", "Salerno", "Estero", ["province-unknown"]),
    ],
)
def test_what_does_not_fit_is_a_warning(cap: str, city: str, province: str, codes: list[str]) -> None:
    problems = check_postal_code(cap, city, province)

    assert [problem.code for problem in problems] == codes
    assert not any(problem.certain for problem in problems)


def test_addresses_abroad_are_not_checked() -> None:
    assert check_postal_code("anything", "Paris", "75", country="FR") == []


@given(st.text(), st.text() | st.none(), st.text() | st.none())
def test_any_text_is_checked_without_a_fall(cap: str, city: str | None, province: str | None) -> None:
    check_postal_code(cap, city, province)
    try:
        cleaned = clean_postal_code(cap)
    except InvalidIdentity:
        return
    assert clean_postal_code(cleaned) == cleaned
