"""Hours of work between two moments: nights, weekends, Italian holidays, the clock set forward."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filo.foundation.hours.reckoning import Hours, NeverOpen, Span, after_work, worked_between

ROME = ZoneInfo("Europe/Rome")
DAY = (Span(time(9), time(13)), Span(time(14), time(18)))
OFFICE = Hours((DAY,) * 5 + ((),) * 2, ROME, "IT", "NA")


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-02 10:00", "2026-11-02 12:30", 2.5),
        ("2026-11-02 12:00", "2026-11-02 15:00", 2),  # lunch
        ("2026-11-06 17:00", "2026-11-09 10:00", 2),  # Friday to Monday
        ("2026-12-24 17:00", "2026-12-28 10:00", 2),  # Christmas, Saint Stephen, a weekend
        ("2026-09-18 17:00", "2026-09-21 10:00", 2),  # Saint Januarius is a Saturday in 2026
        ("2026-08-14 17:00", "2026-08-17 10:00", 2),  # mid-August
        ("2026-11-02 10:00", "2026-11-02 10:00", 0),
        ("2026-11-02 12:00", "2026-11-02 10:00", 0),
    ],
)
def test_nights_weekends_and_holidays_do_not_count(start: str, end: str, hours: float) -> None:
    assert worked_between(OFFICE, rome(start), rome(end)) == timedelta(hours=hours)


def test_the_patron_of_the_region_rests() -> None:
    assert worked_between(OFFICE, rome("2025-09-19 00:00"), rome("2025-09-20 00:00")) == timedelta(0)
    milan = Hours(OFFICE.week, ROME, "IT", "MI")
    assert worked_between(milan, rome("2025-09-19 00:00"), rome("2025-09-20 00:00")) == timedelta(hours=8)


def test_a_day_off_of_ones_own_counts() -> None:
    closed = Hours(OFFICE.week, ROME, "IT", "", frozenset({date(2026, 11, 3)}))
    assert after_work(closed, rome("2026-11-02 17:00"), timedelta(hours=2)) == rome("2026-11-04 10:00")


def test_a_night_shift_is_an_hour_shorter_when_the_clock_goes_forward() -> None:
    always = Hours(((Span(time(0), time(23, 59)),),) * 7, ROME)
    worked = worked_between(always, rome("2026-03-29 00:00"), rome("2026-03-29 23:59"))
    assert worked == timedelta(hours=22, minutes=59)


def test_who_never_opens_is_told() -> None:
    with pytest.raises(NeverOpen):
        after_work(Hours(((),) * 7, ROME), rome("2026-11-02 10:00"), timedelta(hours=1))


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001  (made aware below)
    st.integers(0, 60 * 60),
)
def test_going_on_by_so_much_and_reckoning_it_agree(naive: datetime, minutes: int) -> None:
    start, span = naive.replace(tzinfo=UTC), timedelta(minutes=minutes)
    assert worked_between(OFFICE, start, after_work(OFFICE, start, span)) == span
