"""Whose value holds, for every way in which both sides can have changed."""

from __future__ import annotations

import pytest

from filo.collaborative.connectors.comparing import Compared, compare

BEFORE, OTHER, THIRD = {"price": "10"}, {"price": "11"}, {"price": "12"}


@pytest.mark.parametrize(
    ("owner", "theirs", "ours", "expected"),
    [
        ("theirs", OTHER, BEFORE, Compared(take=OTHER, agreed=OTHER)),
        ("theirs", BEFORE, OTHER, Compared(take=BEFORE, agreed=BEFORE)),
        ("theirs", OTHER, THIRD, Compared(take=OTHER, agreed=OTHER)),
        ("ours", OTHER, BEFORE, Compared(give=BEFORE, agreed=OTHER)),
        ("ours", BEFORE, OTHER, Compared(give=OTHER, agreed=BEFORE)),
        ("ask", OTHER, BEFORE, Compared(take=OTHER, agreed=OTHER)),
        ("ask", BEFORE, OTHER, Compared(give=OTHER, agreed=BEFORE)),
        ("ask", OTHER, THIRD, Compared(ask={"price": ("12", "11")}, agreed=BEFORE)),
        ("ask", OTHER, OTHER, Compared(agreed=OTHER)),
    ],
)
def test_a_field_is_merged(owner: str, theirs: dict[str, str], ours: dict[str, str], expected: Compared) -> None:
    assert compare(theirs, ours, BEFORE, {"price": owner}) == expected


def test_what_we_do_not_have_is_taken_whole() -> None:
    assert compare({"price": "1", "name": "x"}, None, None, {"price": "ours"}).take == {"price": "1", "name": "x"}


def test_at_the_first_meeting_a_person_is_asked_where_both_have_something_else() -> None:
    assert compare(OTHER, THIRD, None, {"price": "ask"}).ask == {"price": ("12", "11")}
