"""Quiet hours by the wall clock: across midnight, on chosen nights, and on the nights when clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from filo.foundation.notices.hours import Quiet, next_digest, next_monday

ROME = ZoneInfo("Europe/Rome")
EVERY = frozenset(range(7))


def rome(day: int, hour: int, minute: int = 0, *, month: int = 11, fold: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ROME, fold=fold).astimezone(UTC)


NIGHT = Quiet(time(22), time(7), EVERY, ROME)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (rome(23, 21, 59), rome(23, 21, 59)),
        (rome(23, 22), rome(24, 7)),
        (rome(24, 0), rome(24, 7)),
        (rome(24, 6, 59), rome(24, 7)),
        (rome(24, 7), rome(24, 7)),
    ],
)
def test_a_night_goes_on_after_midnight(moment: datetime, end: datetime) -> None:
    assert NIGHT.end_after(moment) == end


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    fridays = Quiet(time(18), time(8), {4}, ROME)
    assert fridays.end_after(rome(28, 3)) == rome(28, 8)  # the night from Friday to Saturday
    assert fridays.end_after(rome(27, 3)) == rome(27, 3)  # the one before


def test_whole_days_follow_each_other_to_monday() -> None:
    weekend = Quiet(time(0), time(0), {5, 6}, ROME)
    assert weekend.end_after(rome(28, 12)) == rome(30, 0)


def test_the_longest_night_is_an_hour_longer() -> None:
    end = NIGHT.end_after(rome(24, 23, month=10))
    assert end == rome(25, 7, month=10)
    assert (end - rome(24, 22, month=10)).total_seconds() == 10 * 3600


def test_the_shortest_night_is_an_hour_shorter() -> None:
    end = NIGHT.end_after(rome(28, 23, month=3))
    assert (end - rome(28, 22, month=3)).total_seconds() == 8 * 3600


def test_an_end_that_the_spring_night_skips_comes_after_it() -> None:
    early = Quiet(time(23), time(2, 30), EVERY, ROME)
    assert early.end_after(rome(29, 1, month=3)) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_what_is_quiet_for_ever_is_cut() -> None:
    always = Quiet(time(0), time(0), EVERY, ROME)
    assert (always.end_after(rome(23, 12)) - rome(23, 12)).days <= 16


def test_a_digest_comes_at_eight_by_the_wall_clock() -> None:
    assert next_digest("daily", rome(24, 9, month=10), ROME) == rome(25, 8, month=10)
    assert next_digest("weekly", rome(26, 7, month=10), ROME) == rome(26, 8, month=10)
    assert next_digest("weekly", rome(26, 8, month=10), ROME) == rome(2, 8)
    assert next_monday(rome(23, 9), ROME) == rome(30, 8)
    assert next_digest("none", rome(23, 9), ROME) is None
