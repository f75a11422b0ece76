"""A row comes in with what is right in it; only a row without a name stays outside."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from filo.operational.transfer.facts import Facts
from filo.operational.transfer.mapping import Column
from filo.operational.transfer.rows import read_row


def organisation(values: dict[str, str]) -> Facts:
    columns = [Column(name.upper(), name) for name in values]
    return read_row(2, list(values.values()), columns, "organisations")


def person(values: dict[str, str]) -> Facts:
    columns = [Column(name.upper(), name) for name in values]
    return read_row(2, list(values.values()), columns, "people")


def points(facts: Facts) -> Sequence[tuple[str, str]]:
    assert facts.draft
    return [(point.type, point.normalised) for point in facts.draft.points]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("phone", "chiamare dopo le 9"),
        ("email", "mario.rossi"),
        ("web", "non so"),
        ("vat_number", "12345678901"),
        ("codice_fiscale", "RSSMRA"),
        ("province", "Atlantide"),
        ("postal_code", "8412A"),
        ("latitude", "quaranta"),
        ("language", "klingon"),
        ("country", "Nowhere"),
    ],
)
def test_a_wrong_value_one_can_do_without_leaves_the_row_in(field: str, value: str) -> None:
    facts = organisation({"legal_name": "Bar Sport", "city": "Salerno", field: value})
    assert facts.draft is not None
    assert [problem["column"] for problem in facts.problems] == [field.upper()]
    assert facts.cells == ["Bar Sport", "Salerno", value]


def test_a_row_without_name_stays_outside() -> None:
    facts = organisation({"legal_name": "null", "city": "Salerno"})
    assert facts.draft is None
    assert len(facts.problems) == 1


def test_numbers_are_mobile_or_not_by_what_they_are() -> None:
    facts = organisation({"legal_name": "Bar Sport", "phone": "333 1234567; 089 123456", "fax": "089 123457"})
    assert points(facts) == [("mobile", "+393331234567"), ("phone", "+39089123456"), ("fax", "+39089123457")]


def test_certified_mail_is_known_in_any_column() -> None:
    facts = organisation({"legal_name": "Bar Sport", "email": "bar@pec.example.it info@bar.example"})
    assert points(facts) == [("pec", "bar@pec.example.it"), ("email", "info@bar.example")]


def test_a_handle_belongs_to_the_network_of_its_column() -> None:
    facts = read_row(2, ["Anna", "AnnaBassi"], [Column("n", "full_name"), Column("twitter", "social")], "people")
    assert points(facts) == [("social", "x:annabassi")]


def test_zeros_at_the_front_stay_or_come_back() -> None:
    facts = organisation({"legal_name": "Bar Sport", "postal_code": "6121", "city": "Perugia", "province": "Perugia"})
    assert facts.draft
    [address] = facts.draft.addresses
    assert (address.postal_code, address.province) == ("06121", "PG")


def test_numbers_abroad_are_read_by_the_rules_of_the_country() -> None:
    facts = person(
        {"full_name": "Penny Moore", "phone": "020 7946 0753", "country": "United Kingdom", "province": "Kent"}
    )
    assert points(facts) == [("phone", "+442079460753")]
    assert facts.draft
    assert (facts.draft.addresses[0].country, facts.draft.addresses[0].province) == ("GB", "Kent")
    assert facts.problems == []


def test_addresses_of_several_uses_are_several() -> None:
    facts = organisation({"legal_name": "Bar Sport", "street": "Via Roma", "billing.street": "Via Dante"})
    assert facts.draft
    assert [(row.use, row.street) for row in facts.draft.addresses] == [("main", "Via Roma"), ("billing", "Via Dante")]


def test_a_name_that_is_too_long_is_cut_and_told() -> None:
    facts = organisation({"legal_name": "A" * 300})
    assert facts.draft
    assert len(facts.draft.facts["legal_name"]) == 260
    assert [problem["column"] for problem in facts.problems] == ["LEGAL_NAME"]


def test_shifted_cells_are_told() -> None:
    facts = read_row(2, ["Bar Sport", "oltre"], [Column("nome", "legal_name")], "organisations")
    assert facts.draft is not None
    assert len(facts.problems) == 1


def test_a_person_known_by_an_address_alone_is_called_by_it(db: None) -> None:
    columns = tuple(Column(header, field) for header, field in (("Nome", "given_name"), ("E-mail", "email")))
    found = read_row(2, ["", "anna.bassi@example.it"], columns, "people")
    assert found.draft is not None
    assert found.draft.display_name == "anna.bassi@example.it"
    assert "anna.bassi@example.it" in found.problems[0]["sentence"]
    assert read_row(3, ["", ""], columns, "people").draft is None


def test_rows_that_an_open_quotation_swallowed_are_not_passed_over_in_silence() -> None:
    swallowed = person({"given_name": "Anna", "family_name": "Bassi,una nota\nMario,Rossi,altra", "notes": ""})
    assert [problem["sentence"] for problem in swallowed.problems] == [
        "Una cella contiene righe che sembrano righe della tabella: forse prima c'è una virgoletta di troppo."
    ]
    plain = person({"given_name": "Anna", "family_name": "Bassi", "notes": "gentile, puntuale\nchiamare presto"})
    assert plain.problems == []


def test_a_number_abroad_keeps_its_extension() -> None:
    facts = person({"family_name": "Perreault", "phone": "418-656-9254 ext. 102", "country": "Canada"})
    assert facts.draft
    assert [(point.normalised, point.extension) for point in facts.draft.points] == [("+14186569254", "102")]
