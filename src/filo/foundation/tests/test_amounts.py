"""Numbers are read as the reader of a language writes them, and what a field shows is what it gives back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.translation import override

from filo.foundation.amounts import number_words, read_number, typed_number_words, typed_price_words

SAME = [
    ("1.234,50", "1234.50"),
    ("1,234.50", "1234.50"),
    ("1234,5", "1234.5"),
    ("12.5", "12.5"),
    ("€ 3", "3"),
    ("1 500 €", "1500"),
    ("1'500", "1500"),
    ("1.234.567", "1234567"),
    ("1,234,567", "1234567"),
    ("0,125", "0.125"),
    ("0.125", "0.125"),
    ("1500.000", "1500"),
    ("-1.234,5", "-1234.5"),
]
BY_LANGUAGE = [
    ("1.500", "1500", "1.5"),
    ("1,500", "1.5", "1500"),
    ("12.000 €", "12000", "12"),
    ("−1.500", "-1500", "-1.5"),
]
NO_NUMBERS = ["", "abc", "1,5,5", "1.2.3", "NaN", "Infinity", "12 pz"]
KEPT = ["0", "1", "1000", "1.5", "1.125", "1234567.125", "0.001", "-2000"]


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize(("typed", "meant"), SAME)
def test_most_numbers_mean_the_same_to_everybody(typed: str, meant: str, language: str) -> None:
    with override(language):
        assert read_number(typed) == Decimal(meant)


@pytest.mark.parametrize(("typed", "italian", "english"), BY_LANGUAGE)
def test_three_digits_behind_one_sign_are_read_by_language(typed: str, italian: str, english: str) -> None:
    assert (read_number(typed, language="it"), read_number(typed, language="en")) == (
        Decimal(italian),
        Decimal(english),
    )


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (whoever asks says the sentence)
        read_number(typed)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("kept", KEPT)
def test_what_a_field_shows_is_what_it_gives_back(kept: str, language: str) -> None:
    number = Decimal(kept)
    with override(language):
        shown = [number_words(number), typed_number_words(number), typed_price_words(number)]
        assert [read_number(text) for text in shown] == [number] * 3
