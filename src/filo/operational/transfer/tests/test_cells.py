"""What is written in a cell is read as people mean it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filo.operational.transfer import cells, figures
from filo.operational.transfer.countries import country_code


@pytest.mark.parametrize("cell", ["", "  ", "null", "NULL", "n.d.", "N/D", "-", " – "])
def test_nothing_is_nothing(cell: str) -> None:
    assert cells.is_nothing(cell)


@pytest.mark.parametrize("cell", ["NA", "0", "Nan", "null & void"])
def test_something_is_something(cell: str) -> None:
    assert not cells.is_nothing(cell)


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("a@x.it; b@x.it", ["a@x.it", "b@x.it"]),
        ("a@x.it, b@x.it", ["a@x.it", "b@x.it"]),
        ("a@x.it / b@x.it", ["a@x.it", "b@x.it"]),
        ("a@x.it b@x.it", ["a@x.it", "b@x.it"]),
        ("a@x.it - b@x.it", ["a@x.it", "b@x.it"]),
        ("a@x.it ::: b@x.it", ["a@x.it", "b@x.it"]),
        ("Anna Bassi <a@x.it>", ["a@x.it"]),
        ("scrivere a: a@x.it (ore ufficio)", ["a@x.it"]),
        ("non lo so", ["non lo so"]),
    ],
)
def test_two_addresses_in_a_cell_are_two(cell: str, found: list[str]) -> None:
    assert cells.emails_in(cell) == found


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("+39 089 123456", ["+39 089 123456"]),
        ("089 123456; 089 654321", ["089 123456", "089 654321"]),
        ("0143/76348", ["0143 76348"]),
        ("0735-659634", ["0735 659634"]),
        ("0165275772/73", ["0165275772", "0165275773"]),
        ("+390719727343/344", ["+390719727343", "+390719727344"]),
        ("+390522271223-271353", ["+390522271223", "+390522271353"]),
        ("0657334042/224/331", ["0657334042", "0657334224", "0657334331"]),
        ("089123456 / 3331234567", ["089123456", "3331234567"]),
        ("06/1234567 - 06/7654321", ["06 1234567", "067654321"]),
        ("06/1234567-06/7654321", ["06 1234567", "067654321"]),
        ("333/1234567-347/7654321", ["333 1234567", "3477654321"]),
    ],
)
def test_numbers_are_parted_as_people_write_them(cell: str, found: list[str]) -> None:
    assert cells.phones_in(cell) == found


def test_degrees_have_a_decimal_comma_or_point() -> None:
    assert figures.coordinate("37,3221644312329", most=90) == Decimal("37.322164")
    assert figures.coordinate("-14.75", most=180) == Decimal("-14.750000")
    assert figures.coordinate("91", most=90) is None
    assert figures.coordinate("NaN", most=90) is None


def test_the_day_stands_before_the_month() -> None:
    assert figures.day("12/03/1978") == date(1978, 3, 12)
    assert figures.day("1978-03-12") == date(1978, 3, 12)
    assert figures.day("12.3.1978 10:30") == date(1978, 3, 12)
    assert figures.day("31/02/1978") is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("12/03/78", date(1978, 3, 12)),
        ("12/03/05", date(2005, 3, 12)),
        ("19780312", date(1978, 3, 12)),
        ("12 marzo 1978", date(1978, 3, 12)),
        ("12-mar-78", date(1978, 3, 12)),
        ("March 12, 1978", date(1978, 3, 12)),
        ("1 2 3", None),
        ("mar 12", None),
    ],
)
def test_days_are_written_in_many_ways(written: str, found: date | None) -> None:
    assert figures.day(written) == found


def test_the_month_stands_first_where_the_column_has_it_so() -> None:
    assert figures.day("03/12/1978", month_first=True) == date(1978, 3, 12)
    assert figures.day("1978-03-12", month_first=True) == date(1978, 3, 12)


@pytest.mark.parametrize(
    ("written", "comma", "point"),
    [
        ("1.234,56", "1234.56", None),
        ("1,234.56", None, "1234.56"),
        ("1.234", "1234", "1.234"),
        ("12,5", "12.5", None),
        ("12.5", "12.5", "12.5"),
        ("€ 1.250,00", "1250.00", None),
        ("-3", "-3", "-3"),
        ("abc", None, None),
    ],
)
def test_numbers_have_a_comma_before_the_decimals_or_a_point(
    written: str, comma: str | None, point: str | None
) -> None:
    assert figures.number(written) == (Decimal(comma) if comma else None)
    assert figures.number(written, is_point=True) == (Decimal(point) if point else None)


def test_a_column_shows_whether_its_numbers_have_a_point() -> None:
    assert figures.has_decimal_point(["12.5", "1,200.00", "7"])
    assert not figures.has_decimal_point(["12,5", "1.200", "7"])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Mario Rossi", ("", "Mario", "Rossi")),
        ("Dott. Mario De Luca", ("Dott.", "Mario", "De Luca")),
        ("Rossi, Anna Maria", ("", "Anna Maria", "Rossi")),
        ("Rossi", ("", "", "Rossi")),
    ],
)
def test_whole_names_are_taken_apart(name: str, found: tuple[str, str, str]) -> None:
    assert cells.names_in(name) == found


def test_a_family_name_can_stand_first() -> None:
    assert cells.names_in("De Luca Mario", family_first=True) == ("", "Mario", "De Luca")


def test_countries_are_known_in_both_languages() -> None:
    assert [country_code(name) for name in ("Italia", "United states", "SVIZZERA", "uk", "Nowhere")] == [
        "IT",
        "US",
        "CH",
        "GB",
        None,
    ]


def test_entities_of_web_exports_are_letters() -> None:
    assert cells.text_of(" Rossi &amp; C. ") == "Rossi & C."


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('="00743110157"', "00743110157"),
        ("'06121", "06121"),
        ("'900 in libreria", "'900 in libreria"),
        ("'Ndrecasa", "'Ndrecasa"),
        ("1,2345678903E+10", "12345678903"),
        ("1.2345678903E+10", "12345678903"),
        ("1,23457E+10", "1,23457E+10"),
    ],
)
def test_what_spreadsheets_put_around_a_code_is_taken_away(cell: str, found: str) -> None:
    assert cells.text_of(cell) == found
