"""What comes again in iCalendar's words is what comes again in Filo, and what Filo cannot say is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from recurring_ical_events import of as recurring_of

from filo.operational.activities.models import Appointment
from filo.operational.activities.recurring import at_wall, occurrences
from filo.operational.caldav.errors import NotExpressible
from filo.operational.caldav.icalendar.rules import ONCE, read_rule
from filo.operational.caldav.icalendar.writing import appointment_text
from filo.operational.caldav.icalendar.zones import zone_lines, zone_named

ROME = ZoneInfo("Europe/Rome")
MONDAY_AT_NINE = at_wall(date(2026, 5, 4), time(9), ROME)

pytestmark = pytest.mark.once


def read(text: str, first: datetime = MONDAY_AT_NINE, *, whole: bool = False) -> dict[str, Any]:
    found = read_rule(text, first=first, zone=ROME, whole=whole)
    return {name: value for name, value in found.items() if value != ONCE[name]}


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("FREQ=DAILY", {"freq": "day"}),
        ("FREQ=DAILY;INTERVAL=2;COUNT=5", {"freq": "day", "every": 2, "count": 5}),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", {"freq": "week", "weekdays": [0, 1, 2, 3, 4]}),
        ("FREQ=WEEKLY", {"freq": "week"}),
        ("FREQ=WEEKLY;WKST=SU;BYDAY=WE,MO", {"freq": "week", "weekdays": [0, 2]}),
        ("FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=MO", {"freq": "week", "every": 2, "weekdays": [0]}),
        ("FREQ=MONTHLY;BYMONTHDAY=4", {"freq": "month"}),
        ("FREQ=YEARLY", {"freq": "month", "every": 12}),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=4", {"freq": "month", "every": 12}),
        ("FREQ=DAILY;UNTIL=20260510T070000Z", {"freq": "day", "until": date(2026, 5, 10)}),
        ("FREQ=DAILY;UNTIL=20260510T065959Z", {"freq": "day", "until": date(2026, 5, 9)}),
        ("FREQ=DAILY;UNTIL=20260510", {"freq": "day", "until": date(2026, 5, 10)}),
        ("FREQ=DAILY;UNTIL=20260510T220000Z", {"freq": "day", "until": date(2026, 5, 10)}),
    ],
)
def test_a_rule_is_read(text: str, facts: dict[str, Any]) -> None:
    assert read(text) == facts


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYDAY=2MO",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYMONTHDAY=5",
        "FREQ=MONTHLY;BYMONTHDAY=4,18",
        "FREQ=YEARLY;BYMONTH=6",
        "FREQ=YEARLY;INTERVAL=9",
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9,15",
        "FREQ=DAILY;COUNT=1000",
        "FREQ=DAILY;INTERVAL=3;BYDAY=MO",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO",
        "FREQ=WEEKLY;INTERVAL=100",
        "INTERVAL=2",
        "",
    ],
)
def test_what_filo_has_no_words_for_is_refused(text: str) -> None:
    with pytest.raises(NotExpressible):
        read(text)


SERIES: list[dict[str, Any]] = [
    {"freq": "day"},
    {"freq": "day", "every": 3, "count": 40},
    {"freq": "day", "until": date(2026, 11, 2)},
    {"freq": "week", "weekdays": [0, 3]},
    {"freq": "week", "every": 2, "weekdays": [0, 6]},
    {"freq": "month"},
    {"freq": "month", "every": 12},
    {"freq": "week", "all_day": True, "until": date(2027, 4, 5)},
    {"freq": "day", "skipped": ["2026-10-24", "2026-10-25", "2027-03-28"]},
]


@pytest.mark.parametrize("facts", SERIES)
@pytest.mark.parametrize("clock", [time(9), time(2, 30), time(23, 30)])
def test_another_reader_finds_the_same_moments_over_both_turns_of_the_clock(facts: dict[str, Any], clock: time) -> None:
    whole = facts.get("all_day", False)
    first = at_wall(date(2026, 10, 5), time.min if whole else clock, ROME)
    minutes = 24 * 60 if whole else 60
    found = Appointment(title="x", starts_at=first, minutes=minutes, zone="Europe/Rome", created_at=first, **facts)
    since, until = datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 5, 1, tzinfo=UTC)
    stretch = occurrences(
        found.rule, first=first, length=found.length, zone=ROME, skipped=found.skipped_days, since=since, until=until
    )
    ours = [start for _day, start, _end in islice(stretch, 400)]
    text = appointment_text(found, [], uid="x", alarms={})
    theirs = [event["DTSTART"].dt for event in recurring_of(Calendar.from_ical(text)).between(since, until)]
    if whole:
        assert [moment.astimezone(ROME).date() for moment in ours] == sorted(theirs)
        return
    assert ours == sorted(moment.astimezone(UTC) for moment in theirs)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Rome", "Europe/Rome"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Europe/Rome", "Europe/Rome"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_a_zone_is_known_by_the_names_that_programs_give_it(name: str, zone: str) -> None:
    assert zone_named(name).key == zone


def test_a_zone_is_told_with_the_turns_of_its_clock() -> None:
    assert zone_lines(ROME, 2026) == (
        "BEGIN:VTIMEZONE",
        "TZID:Europe/Rome",
        "BEGIN:DAYLIGHT",
        "DTSTART:20260329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZNAME:CEST",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:20261025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZNAME:CET",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
    )
    assert zone_lines(ZoneInfo("Asia/Tokyo"), 2026)[2:4] == ("BEGIN:STANDARD", "DTSTART:20260101T000000")
