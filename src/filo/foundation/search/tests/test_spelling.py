"""Which words are taken for a slip of another, and how words of sentences are cut."""

from __future__ import annotations

import pytest

from filo.foundation.search.excerpts import excerpt
from filo.foundation.search.spelling import keys_of, likeness
from filo.foundation.search.typed import groups_of, stem, stems_of


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rosi", "rossi"),  # once instead of twice
        ("rossi", "rosi"),
        ("rsosi", "rossi"),  # before its neighbour
        ("quagliarela", "quagliarella"),
        ("kuagliarela", "quagliarella"),  # two slips in a long word
        ("brambila", "brambilla"),
        ("brambilal", "brambilla"),
        ("qualiarella", "quagliarella"),
        ("esposto", "esposito"),
        ("quaglar", "quagliarella"),  # not yet typed to its end
    ],
)
def test_a_slip_is_recognised_by_a_key_and_by_its_distance(typed: str, meant: str) -> None:
    assert set(keys_of(typed)) & set(keys_of(meant))
    assert likeness(typed, meant) is not None


@pytest.mark.parametrize(
    ("typed", "other"),
    [("rossi", "bianchi"), ("rossi", "rizzo"), ("neri", "veri"), ("bassi", "bosso")],
)
def test_another_word_is_no_slip(typed: str, other: str) -> None:
    assert likeness(typed, other) is None


def test_what_people_do_not_hear_is_the_smallest_slip() -> None:
    words = ["rossi", "rosai", "rosa", "rosti"]
    assert sorted(words, key=lambda word: likeness("rosi", word) or 9)[0] == "rossi"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("consegna", "consegne"),
        ("preventivo", "preventivi"),
        ("banca", "banche"),
        ("orders", "order"),
        ("meeting", "meets"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_numbers_in_groups_are_one_word_and_are_found_by_their_end() -> None:
    assert groups_of("+39 333 765 4321") == [("3337654321*", "r1234567333*")]
    assert groups_of("rossi 765 4321") == [("rossi*",), ("7654321*", "r1234567*")]
    assert groups_of("0212") == [("0212*",)]
    assert groups_of("via roma 12") == [("via*",), ("roma*",), ("12*",)]


def test_the_line_that_holds_the_words_is_shown_with_the_words_marked() -> None:
    text = "Prima riga.\nHa chiesto la consegna dell'ordine entro venerdì.\nUltima riga."
    pieces = excerpt(text, stems_of("consegne ordini"))
    assert "".join(piece.text for piece in pieces) == "Ha chiesto la consegna dell'ordine entro venerdì."
    assert [piece.text for piece in pieces if piece.marked] == ["consegna", "dell'ordine"]


def test_a_long_line_is_cut_around_the_word() -> None:
    text = "parola " * 60 + "preventivo " + "parola " * 60
    said = "".join(piece.text for piece in excerpt(text, stems_of("preventivi")))
    assert "preventivo" in said
    assert len(said) <= 170
    assert said.startswith("… ")
    assert said.endswith(" …")
