"""A series comes on the days that the rule names, and at the same hour of the wall in winter and in summer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

from filo.operational.activities.recurring import Rule, at_wall, occurrences

ROME = ZoneInfo("Europe/Rome")
HOUR = timedelta(hours=1)


def starts(
    rule: Rule | None, first: datetime, since: datetime, until: datetime, skipped: frozenset[date] = frozenset()
) -> list[datetime]:
    found = occurrences(rule, first=first, length=HOUR, zone=ROME, skipped=set(skipped), since=since, until=until)
    return [start for _day, start, _end in found]


@pytest.mark.parametrize(
    ("rule", "written"),
    [
        (Rule("day"), "FREQ=DAILY"),
        (Rule("day", 3, count=20), "FREQ=DAILY;INTERVAL=3;COUNT=20"),
        (Rule("week"), "FREQ=WEEKLY"),
        (Rule("week", 1, (0, 2, 4)), "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        (Rule("week", 2, (1, 3), count=9), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=9"),
        (Rule("week", 1, (5,), until=date(2026, 6, 30)), "FREQ=WEEKLY;BYDAY=SA;UNTIL=20260630T235959"),
        (Rule("month"), "FREQ=MONTHLY"),
        (Rule("month", 2, count=12), "FREQ=MONTHLY;INTERVAL=2;COUNT=12"),
    ],
)
@pytest.mark.parametrize("first", [date(2026, 1, 31), date(2026, 3, 25), date(2024, 2, 29), date(2026, 12, 31)])
def test_the_days_are_those_of_the_standard(rule: Rule, written: str, first: date) -> None:
    """Against the rules of RFC 5545 as another library reads them; a first day off the rule counts with us."""
    oracle = rrulestr(written, dtstart=datetime.combine(first, time(9)))
    expected = [
        one.date()
        for one in oracle.between(
            datetime.combine(first, time.min), datetime.combine(date(2027, 2, 28), time.max), inc=True
        )
    ]
    ours = [day for day in rule.days(first) if day < date(2027, 3, 1)]
    if rule.until and rule.until < first:  # forms refuse it; there is nothing on either side
        assert ours == expected == []
        return
    if expected[:1] != [first]:  # the standard leaves it undefined: then ours is one day more in front
        assert ours[0] == first
        ours, expected = (ours[1:], expected[:-1] if rule.count and len(expected) == rule.count else expected)
    assert ours == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (date(2026, 3, 28), date(2026, 3, 30)),
        (date(2026, 10, 24), date(2026, 10, 26)),
        (date(2027, 3, 27), date(2027, 3, 29)),
        (date(2027, 10, 30), date(2027, 11, 1)),
    ],
)
def test_nine_stays_nine_when_the_clocks_change(before: date, after: date) -> None:
    first = at_wall(before, time(9), ROME)
    found = starts(Rule("day"), first, first, first + timedelta(days=3))
    assert [one.astimezone(ROME).time() for one in found[:3]] == [time(9)] * 3
    assert found[2].astimezone(ROME).date() == after
    assert found[2] - found[0] != timedelta(hours=48)


def test_an_hour_that_a_night_skips_comes_later_and_one_it_has_twice_comes_first() -> None:
    assert at_wall(date(2026, 3, 29), time(2, 30), ROME) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 3.30 on the wall
    assert at_wall(date(2026, 10, 25), time(2, 30), ROME) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_what_began_before_and_is_not_over_is_there() -> None:
    first = datetime(2026, 5, 4, 9, tzinfo=UTC)
    assert starts(None, first, first + timedelta(minutes=30), first + HOUR) == [first]
    assert starts(None, first, first + HOUR, first + 2 * HOUR) == []


def test_skipped_days_are_left_out() -> None:
    first = at_wall(date(2026, 5, 4), time(9), ROME)
    found = starts(Rule("day", count=4), first, first, first + timedelta(days=9), frozenset({date(2026, 5, 5)}))
    assert [one.astimezone(ROME).date().day for one in found] == [4, 6, 7]


def test_a_rule_without_end_ends() -> None:
    assert len(list(Rule("day").days(date(2026, 1, 1)))) == 5000
