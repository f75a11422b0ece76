"""Tax numbers are taken as people write them and refused when they cannot be right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.clock import at
from filo.foundation.italy.errors import InvalidIdentity
from filo.foundation.italy.tax import (
    birth_facts,
    clean_codice_fiscale,
    clean_sdi_code,
    clean_vat,
    matches_person,
)

ALPHABET = st.text(alphabet="ABCDEHLMPRSTXIT0123456789 .-", max_size=20)
COUNTRIES = [
    "IT",
    "AT",
    "BE",
    "DE",
    "ES",
    "FR",
    "GR",
    "IE",
    "NL",
    "PL",
    "PT",
    "RO",
    "SE",
    "XI",
    "CH",
    "GB",
    "SM",
    "US",
    "ZZ",
    "",
]


@pytest.mark.parametrize(
    ("value", "country", "number"),
    [
        ("IT 00743110157", "IT", "00743110157"),
        ("P.IVA 007.431.101.57", "IT", "00743110157"),
        ("0743110157", "IT", "00743110157"),
        ("136 695 976", "DE", "DE136695976"),
        ("DE136695976", "de", "DE136695976"),
        ("094259216", "GR", "EL094259216"),
        ("FR 61 954 506 077", "FR", "FR61954506077"),
        ("GB 980 780 684", "GB", "GB980780684"),
        ("DE 136695976", "IT", "DE136695976"),
        ("FR 40 303 265 045", "IT", "FR40303265045"),
        ("ATU33864707", "IT", "ATU33864707"),
        ("U33864707", "AT", "ATU33864707"),
        ("CHE-116.281.710 MWST", "CH", "CHE116281710"),
        ("SM03473", "IT", "SM03473"),
        ("3473", "SM", "SM03473"),
        ("ESB58378431", "ES", "ESB58378431"),
        ("B58378431", "ES", "ESB58378431"),
        ("GR094259216", "IT", "EL094259216"),
        ("EL094259216", "GR", "EL094259216"),
        ("GB220430231", "IT", "GB220430231"),
        ("NL 004495445 B01", "NL", "NL004495445B01"),
        ("12-3456789", "US", "US123456789"),
        ("XAXX010101000", "MX", "MXXAXX010101000"),
        ("00743110157", "DE", "00743110157"),
        ("IT00743110157", "DE", "00743110157"),
        ("136695977", "DE", "DE136695977"),
    ],
)
def test_a_vat_number_is_cleaned(value: str, country: str, number: str) -> None:
    assert clean_vat(value, country) == number


@pytest.mark.parametrize(
    ("value", "country", "code"),
    [
        ("00743110158", "IT", "vat-check-digit"),
        ("743110157", "IT", "vat-length"),
        ("0743110158", "IT", "vat-length"),
        ("RCCMNL83S18D969H", "IT", "vat-format"),
        ("", "IT", "vat-empty"),
        ("1366959", "DE", "vat-format"),
        ("DE1366959", "IT", "vat-format"),
        ("ESMRRS83S18D969H", "IT", "vat-format"),
        ("MRRCNL83S18D969V", "IT", "vat-format"),
        ("non disponibile", "IT", "vat-format"),
        ("nessuna", "US", "vat-format"),
    ],
)
def test_a_wrong_vat_number_is_refused_with_its_reason(value: str, country: str, code: str) -> None:
    assert refusal(lambda: clean_vat(value, country)) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("rccmnl83s18 d969h", "RCCMNL83S18D969H"),
        ("CNTCHR83T41D969D", "CNTCHR83T41D969D"),
        ("007 4311 0157", "00743110157"),
    ],
)
def test_a_tax_code_is_cleaned(value: str, code: str) -> None:
    assert clean_codice_fiscale(value) == code


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("RCCMNL83S18D969X", "tax-code-check-digit"),
        ("RCCMNL83S18D969", "tax-code-length"),
        ("RCCMNL83Z18D969H", "tax-code-format"),
        ("RCCMNL83S81D969V", "tax-code-date"),
        ("00743110158", "tax-code-check-digit"),
        ("RCCMNL83B30D969F", "tax-code-date"),
        (" ", "tax-code-empty"),
    ],
)
def test_a_wrong_tax_code_is_refused_with_its_reason(value: str, code: str) -> None:
    assert refusal(lambda: clean_codice_fiscale(value)) == code


def test_a_tax_code_tells_birth_date_and_gender() -> None:
    assert birth_facts("RCCMNL83S18D969H") == (date(1983, 11, 18), "male")
    assert birth_facts("CNTCHR83T41D969D") == (date(1983, 12, 1), "female")


def test_letters_of_omocodia_count_as_the_digits_they_stand_for() -> None:
    assert birth_facts("CNTCHR83T4MD969V") == (date(1983, 12, 1), "female")


def test_the_century_is_the_latest_that_is_not_in_the_future() -> None:
    with at(datetime(1983, 11, 17, tzinfo=UTC)):
        assert birth_facts("RCCMNL83S18D969H")[0] == date(1883, 11, 18)


def test_the_code_of_an_organisation_tells_no_birth_date() -> None:
    assert refusal(lambda: birth_facts("00743110157")) == "tax-code-of-organisation"


def test_only_what_is_given_and_differs_is_named() -> None:
    code = "RCCMNL83S18D969H"

    assert matches_person(code) == []
    assert matches_person(code, given_name="Emanuele", family_name="Ricci", gender="male") == []
    assert matches_person(code, given_name="Emanuele Maria", birth_date=date(1983, 11, 18)) == []
    assert matches_person(
        code, given_name="Mario", family_name="Rossi", birth_date=date(1983, 11, 19), gender="female"
    ) == ["given_name", "family_name", "birth_date", "gender"]


def test_a_given_name_of_four_consonants_skips_the_second() -> None:
    assert matches_person("RSSMRC80A01H501W", given_name="Marco", family_name="Rossi") == []
    assert matches_person("RSSGNN80A01H501N", given_name="Giovanni", family_name="Rossi") == []


def test_short_names_are_filled_with_x() -> None:
    assert matches_person("FOXYUX80A41H501D", given_name="Yu", family_name="Fo", gender="female") == []


@pytest.mark.parametrize(
    ("value", "code"),
    [("m5uxcr1", "M5UXCR1"), ("ufy9mh", "UFY9MH"), ("0", "0000000"), ("XXXXXXX", "XXXXXXX")],
)
def test_a_recipient_code_is_cleaned(value: str, code: str) -> None:
    assert clean_sdi_code(value) == code


@pytest.mark.parametrize("value", ["", "12345", "12345678", "ABCDÈF1"])
def test_a_wrong_recipient_code_is_refused(value: str) -> None:
    assert refusal(lambda: clean_sdi_code(value)) == "sdi-code-format"


@given(st.text() | ALPHABET, st.sampled_from(COUNTRIES))
def test_any_text_is_cleaned_for_good_or_refused(value: str, country: str) -> None:
    checks: list[Callable[[str], str]] = [
        lambda text: clean_vat(text, country),
        clean_codice_fiscale,
        clean_sdi_code,
    ]
    for clean in checks:
        try:
            cleaned = clean(value)
        except InvalidIdentity:
            continue
        assert clean(cleaned) == cleaned


def refusal(check: Callable[[], object]) -> str:
    with pytest.raises(InvalidIdentity) as refused:
        check()
    return refused.value.code
