"""A request's number is found where people write it, and a slip is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.operational.service.numbers import FIRST, check_digit, numbers_in, read_number, written


def test_damms_own_example() -> None:
    assert check_digit(572) == 4


@given(st.integers(FIRST, 999_999_999), st.data())
def test_every_wrong_digit_and_every_swap_of_neighbours_is_told(number: int, data: st.DataObject) -> None:
    right = written(number).replace("-", "")
    place = data.draw(st.integers(0, len(right) - 1))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != right[place]]))
    assert read_number(right[:place] + other + right[place + 1 :]) is None
    assert read_number(right) == number
    swapped = right[: place - 1] + right[place] + right[place - 1] + right[place + 1 :] if place else right
    assert read_number(swapped) == (number if swapped == right else None)


@pytest.mark.parametrize("said", ["{0}", "#{0}", "[#{0}]", "richiesta n. {0}", "Request {0}", " {1} ", "n° {2}"])
def test_it_is_read_however_it_is_written(said: str) -> None:
    number = written(100_234)
    assert read_number(said.format(number, number.replace("-", ""), number.replace("-", " "))) == 100_234


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Re: Informazioni [#{n}]", True),
        ("vorrei sapere della richiesta {n}", True),
        ("La mia pratica n. {n} non va avanti", True),
        ("codice {n}", True),  # with its dash, as our letters write it
        ("ordine 1234567 del 12/03/2026", False),
        ("Tel. 081 1002347", False),
        ("IBAN IT60X0542811101000000123456", False),
        ("euro 100234,7", False),
        ("", False),
    ],
)
def test_numbers_of_a_text(text: str, *, found: bool) -> None:
    number = written(100_234)
    assert numbers_in(text.format(n=number)) == ([number] if found else [])
