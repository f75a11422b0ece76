"""Text is cleaned, folded, sorted and shortened the same way everywhere."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.folding import (
    clean_line,
    clean_text,
    fold,
    initials,
    organisation_sort_key,
    person_sort_key,
    query_words,
    sort_key,
    tone,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("D’Àlò", "dalo"),
        ("Forli'", "forli"),
        ("S.p.A. Rossi-Bianchi & C.", "spa rossi bianchi c"),
        ("Straße Łódź Ørsted Æsir", "strasse lodz orsted aesir"),
        ("Dott.Rossi", "dott rossi"),
        ("a\u200bb\tc\x00", "ab c"),
        ("  ", ""),
        ("İstanbul", "istanbul"),
    ],
)
def test_folding_keeps_what_people_would_type(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("typed", ["d'alo", "D’ALÒ", "dalo", "alo", "dal"])
def test_a_name_with_an_apostrophe_is_found_however_it_is_typed(typed: str) -> None:
    index = words("D’Àlò Anna")

    assert all(any(word.startswith(asked) for word in index) for asked in query_words(typed))


def test_words_come_once_and_in_their_order() -> None:
    assert words("D’Àlò d'alò mario.rossi@example.it") == [
        *["d", "alo", "dalo", "mario", "rossi", "mariorossi", "example", "it", "exampleit"],
    ]


@given(st.text())
def test_a_text_is_found_by_itself(text: str) -> None:
    assert set(query_words(text)) <= set(words(text))


def test_a_person_sorts_by_family_name_and_the_shorter_one_first() -> None:
    people = [("Rossi Bianchi", "Anna"), ("Rossi", "Mario"), ("D'Alò", "Ugo"), ("Dalla", "Lucio")]

    assert [family for family, _given in sorted(people, key=lambda person: person_sort_key(*person))] == [
        *["Dalla", "D'Alò", "Rossi", "Rossi Bianchi"],
    ]


def test_an_organisation_sorts_without_leading_signs_but_with_its_article() -> None:
    assert organisation_sort_key("«La Fenice» S.n.c.") == "la fenice snc"
    assert organisation_sort_key("+++") == "+++"


def test_the_kind_chooses_the_sort_key() -> None:
    assert sort_key("person", given_name="Mario", family_name="Rossi") == "rossi  mario"
    assert sort_key("organisation", legal_name="Rossi S.p.A.") == "rossi spa"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mario Rossi", "MR"),
        ("Comune di Bascapè", "CB"),
        ("Rossi & Figli", "RF"),
        ("Ordine d’Este", "OE"),
        ("Émile", "E"),
        ("de", "D"),
        ("", "?"),
    ],
)
def test_initials_skip_the_small_words(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text())
def test_initials_are_one_or_two_letters(text: str) -> None:
    assert 1 <= len(initials(text)) <= 2


@given(st.uuids())
def test_a_tone_is_one_of_three_and_stays(identifier: UUID) -> None:
    assert tone(identifier) == tone(str(identifier).upper())
    assert tone(identifier) in {1, 2, 3}


def test_clean_text_keeps_lines_and_drops_what_cannot_be_seen() -> None:
    assert clean_text(" uno\r\ndue\x00\u200b\u202e \n", max_length=100) == "uno\ndue"
    assert clean_text("e\u0300", max_length=1) == "è"
    assert clean_text("abc def", max_length=4) == "abc"


def test_clean_text_keeps_a_family_of_emoji_together() -> None:
    assert clean_text("a\u200db 👨\u200d👩\u200d👧", max_length=10) == "ab 👨\u200d👩\u200d👧"


def test_clean_line_is_one_line() -> None:
    assert clean_line(" Via\tRoma\n 1 ", max_length=100) == "Via Roma 1"


@given(st.text(), st.integers(1, 30))
def test_cleaning_twice_changes_nothing_and_fits(text: str, length: int) -> None:
    for clean in (clean_text, clean_line):
        cleaned = clean(text, max_length=length)
        assert clean(cleaned, max_length=length) == cleaned
        assert len(cleaned) <= length
        cleaned.encode()
