"""A letter leaves with all its places filled in, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.placeholders import MissingValue, fill, places_in

VALUES = {"customer.name": "Mario Rossi", "request.number": "100234-7"}


def test_every_place_is_filled_in() -> None:
    text = "Gentile {{ customer.name }}, la richiesta è la {{request.number}}."
    assert places_in(text) == ["customer.name", "request.number"]
    assert fill(text, VALUES) == "Gentile Mario Rossi, la richiesta è la 100234-7."


def test_what_a_value_holds_is_not_looked_at_for_places() -> None:
    assert fill("{{ customer.name }}!", {"customer.name": "{{ request.number }}"}) == "{{ request.number }}!"


@pytest.mark.parametrize(
    "text",
    [
        "Gentile {{ customer.surname }},",
        "{{ Customer.Name }}",
        "{{ customer.name",
        "{% if customer %}x{% endif %}",
        "${7*7}",
        "Ciao $contact_first_name",
        "{{ customer.name.__class__ }}",
    ],
)
def test_a_hole_stops_the_letter(text: str) -> None:
    with pytest.raises(MissingValue):
        fill(text, VALUES)


@given(st.text(alphabet="{}%$[]_.| abc\n", max_size=60))
def test_no_place_ever_leaves_the_house(text: str) -> None:
    try:
        told = fill(text, {})
    except MissingValue:
        return
    assert told == text
    assert "{{" not in told
    assert "{%" not in told
