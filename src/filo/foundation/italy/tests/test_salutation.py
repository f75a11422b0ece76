"""Letters open as an Italian firm, or an English-speaking customer, expects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.italy.salutation import TITLES, addressee, find_title, guess_gender, salutation


@pytest.mark.parametrize(
    ("language", "title", "gender", "given_name", "family_name", "line"),
    [
        ("it", "", "male", "Mario", "Rossi", "Gentile Sig. Rossi"),
        ("it", "", "female", "Anna", "Bianchi", "Gentile Sig.ra Bianchi"),
        ("it", "dottoressa", "", "Anna", "Conti", "Gentile Dott.ssa Conti"),
        ("it", "Dr.", "female", "Anna", "Conti", "Gentile Dott.ssa Conti"),
        ("it", "avv", "female", "Anna", "Conti", "Gentile Avv. Conti"),
        ("it", "", "", "Mario", "Rossi", "Gentile Mario Rossi"),
        ("it", "", "male", "Mario", "", "Gentile Sig. Mario"),
        ("it", "", "", "", "", "Gentile Cliente"),
        ("en", "", "male", "Mario", "Rossi", "Dear Mr Rossi"),
        ("en-GB", "Sig.ra", "", "Anna", "Bianchi", "Dear Ms Bianchi"),
        ("en", "Ing.", "female", "Anna", "Bianchi", "Dear Ms Bianchi"),
        ("en", "Ing.", "", "Anna", "Bianchi", "Dear Anna Bianchi"),
        ("en", "Prof.ssa", "", "Anna", "Bianchi", "Dear Professor Bianchi"),
        ("en", "", "", "Mario", "Rossi", "Dear Mario Rossi"),
        ("en", "", "", "", "", "Dear Sir or Madam"),
    ],
)
def test_a_letter_to_a_person_opens_formally(
    language: str, title: str, gender: str, given_name: str, family_name: str, line: str
) -> None:
    assert (
        salutation(
            kind="person",
            language=language,
            title=title,
            gender=gender,
            given_name=given_name,
            family_name=family_name,
        )
        == line
    )


def test_a_letter_to_a_firm_opens_formally() -> None:
    name = "Maffei Arredamenti S.p.A."

    assert salutation(kind="organisation", language="it", legal_name=name) == f"Spett.le {name}"
    assert salutation(kind="organisation", language="it") == "Gentili Signori"
    assert salutation(kind="organisation", language="en", legal_name=name) == "Dear Sir or Madam"


def test_an_envelope_carries_the_whole_name() -> None:
    assert (
        addressee(kind="person", language="it", gender="male", given_name="Mario", family_name="Rossi")
        == "Sig. Mario Rossi"
    )
    assert addressee(kind="person", language="it", given_name="Mario") == "Mario"
    assert addressee(kind="organisation", language="en", legal_name="Acme Ltd") == "Acme Ltd"
    assert addressee(kind="person", language="it") == ""


def test_every_title_is_found_by_all_its_spellings() -> None:
    for title in TITLES:
        for spelling in (title.italian, title.italian.upper(), title.italian.rstrip("."), *title.also):
            assert find_title(spelling) == title


@pytest.mark.parametrize("name", ["Andrea", "Luca", "Nicola", "Mattia", "Elia", "Giosuè", "Mario", "Gian Maria"])
def test_a_male_name_is_recognised(name: str) -> None:
    assert guess_gender(name) == "male"


@pytest.mark.parametrize("name", ["Anna", "Maria Teresa", "Beatrice", "Noemi", "Carmen", "Consuelo"])
def test_a_female_name_is_recognised(name: str) -> None:
    assert guess_gender(name) == "female"


@pytest.mark.parametrize("name", ["Celeste", "Robin", "Jürgen", "A.", "", "雪"])
def test_an_unsure_name_is_left_open(name: str) -> None:
    assert guess_gender(name) is None


@given(st.text())
def test_any_name_may_be_asked_about(name: str) -> None:
    assert guess_gender(name) in {"male", "female", None}
    find_title(name)
