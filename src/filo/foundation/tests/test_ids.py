"""Identifiers sort by the time at which they were made."""

from __future__ import annotations

from datetime import UTC, datetime

from filo.foundation.ids import uuid7, uuid7_for


def test_what_is_made_in_a_row_sorts_in_that_row() -> None:
    made = [uuid7() for _ in range(5_000)]
    assert made == sorted(made)
    assert len(set(made)) == 5_000
    assert {(one.version, one.variant) for one in made} == {(7, "specified in RFC 4122")}


def test_what_is_told_of_the_past_sorts_before_the_present() -> None:
    told = uuid7_for(datetime(2020, 2, 29, 12, tzinfo=UTC))
    assert told.version == 7
    assert told.int >> 80 == 1_582_977_600_000
    assert told < uuid7()
