"""A real program of calendars (the `caldav` client) against the whole product: found, read, written, told since."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import caldav
import pytest
from caldav.lib import error
from pytest_django.fixtures import Settings

from filo.config.roles import answers
from filo.testing.served import Served, served

PRODUCT = {
    "DJANGO_SETTINGS_MODULE": "filo.config.settings",
    "FILO_SECRET_KEY": "only-for-these-tests-0123456789-0123456789",
}
ROME = ZoneInfo("Europe/Rome")
NINE = datetime(2026, 10, 19, 9, tzinfo=ROME)
BUILD = """
import json
from datetime import datetime
from pathlib import Path
from filo.operational.activities.appointments import make_appointment
from filo.operational.caldav.access import make_password
from filo.testing.world import build_world

world, told = build_world(), {}
for name in ("agent", "teammate", "manager"):
    person, principal = world.people[name], world.principal(name)
    facts = {"title": f"Di {name}", "starts_at": datetime.fromisoformat("2026-10-19T12:00:00+00:00")}
    found = make_appointment(principal, facts, party=world.parties["own"] if name == "agent" else None)
    secret = make_password(principal, person, label="Telefono")
    told[name] = {"email": person.email, "secret": secret, "made": str(found.pk), "id": str(person.pk)}
Path(PATH).write_text(json.dumps(told))
"""
TEXT = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y//EN
BEGIN:VEVENT
UID:at-once-%(uid)s
DTSTAMP:20261001T000000Z
DTSTART:20261020T080000Z
DTEND:20261020T090000Z
SUMMARY:%(title)s
END:VEVENT
END:VCALENDAR
"""
LOOK = """
import json
from pathlib import Path
from filo.operational.activities.models import Appointment

rows = Appointment.objects.filter(owner__email=EMAIL).order_by("pk")
facts = ("title", "freq", "count", "skipped", "instead_of", "minutes", "starts_at", "deleted_at")
Path(PATH).write_text(json.dumps([{name: getattr(row, name) for name in facts} for row in rows], default=str))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, dict[str, Any], Path]]:
    folder = tmp_path_factory.mktemp("caldav")
    with served(folder, role="web", **PRODUCT) as running:
        running.python(f"PATH = {str(folder / 'who')!r}\n{BUILD}")
        yield running, json.loads((folder / "who").read_text()), folder


def program(site: tuple[Served, dict[str, Any], Path], who: str, **other: str) -> caldav.DAVClient:
    running, people, _folder = site
    person = people[who] | other
    address = f"http://localhost:{running.port}/.well-known/caldav"
    return caldav.DAVClient(url=address, username=person["email"], password=person["secret"])


def calendar_of(client: caldav.DAVClient) -> caldav.Calendar:
    calendars = client.principal().calendars()
    assert [str(one.url).rstrip("/").rsplit("/", 1)[1] for one in calendars] == ["appointments", "others"]
    return calendars[0]


def rows_of(site: tuple[Served, dict[str, Any], Path], who: str) -> list[dict[str, Any]]:
    running, people, folder = site
    running.python(f"PATH, EMAIL = {str(folder / 'rows')!r}, {people[who]['email']!r}\n{LOOK}")
    found: list[dict[str, Any]] = json.loads((folder / "rows").read_text())
    return found


def titles(calendar: caldav.Calendar) -> list[str]:
    return sorted(str(one.icalendar_component["SUMMARY"]) for one in calendar.events())


def test_a_calendar_is_found_written_moved_and_emptied(site: Any) -> None:
    with program(site, "agent") as client:
        calendar = calendar_of(client)
        assert titles(calendar) == ["Di agent · Lanificio Bassi S.r.l."]
        made = calendar.save_event(dtstart=NINE, dtend=NINE + timedelta(hours=1), summary="Dal telefono", uid="tel-1")
        assert [row["title"] for row in rows_of(site, "agent")] == ["Di agent", "Dal telefono"]
        made.load()
        etag = made.props.get("{DAV:}getetag", made.etag)
        made.icalendar_component["SUMMARY"] = "Dal telefono, dopo"
        made.save()
        stale = client.request(str(made.url), "PUT", made.data, {"If-Match": etag, "Content-Type": "text/calendar"})
        assert stale.status == 412
        week = calendar.search(start=NINE - timedelta(days=1), end=NINE + timedelta(hours=2), event=True)
        assert [str(one.icalendar_component["SUMMARY"]) for one in week] == ["Dal telefono, dopo"]
        assert calendar.event_by_uid("tel-1").icalendar_component["SUMMARY"] == "Dal telefono, dopo"
        made.delete()
        assert titles(calendar) == ["Di agent · Lanificio Bassi S.r.l."]
        assert [bool(row["deleted_at"]) for row in rows_of(site, "agent")] == [False, True]


def test_a_series_over_the_turn_of_the_clock_with_one_moved_and_one_left_out(site: Any) -> None:
    with program(site, "teammate") as client:
        calendar = calendar_of(client)
        rule = {"FREQ": "WEEKLY", "COUNT": 4}
        series = calendar.save_event(
            dtstart=NINE, dtend=NINE + timedelta(hours=1), summary="Settimanale", uid="series", rrule=rule
        )
        until = NINE + timedelta(days=60)
        _first, second, third, _last = occurrences_of(calendar, until)
        second.icalendar_component["DTSTART"].dt = NINE + timedelta(days=7, hours=5)
        second.icalendar_component["DTEND"].dt = NINE + timedelta(days=7, hours=6)
        second.save(only_this_recurrence=True)
        series.load()
        series.icalendar_component.add("EXDATE", third.icalendar_component["RECURRENCE-ID"].dt)
        series.save()
        found = [one.icalendar_component["DTSTART"].dt.astimezone(UTC) for one in occurrences_of(calendar, until)]
    # The 26th comes after the night in which the clock was turned: nine in Rome is an hour later by then.
    assert sorted(found) == [
        datetime(2026, 10, 19, 7, tzinfo=UTC),
        datetime(2026, 10, 26, 13, tzinfo=UTC),
        datetime(2026, 11, 9, 8, tzinfo=UTC),
    ]
    rows = {row["title"] + str(row["instead_of"] or ""): row for row in rows_of(site, "teammate")}
    assert rows["Settimanale"]["skipped"] == ["2026-10-26", "2026-11-02"]
    assert rows["Settimanale2026-10-26"]["starts_at"] == "2026-10-26 13:00:00+00:00"


def occurrences_of(calendar: caldav.Calendar, until: datetime) -> list[Any]:
    """Those of the series, the earliest first."""
    found = calendar.search(start=NINE - timedelta(hours=1), end=until, event=True, expand=True)
    mine = [one for one in found if one.icalendar_component["SUMMARY"] == "Settimanale"]
    return sorted(mine, key=lambda one: str(one.icalendar_component["DTSTART"].dt.astimezone(UTC)))


def test_what_changed_since_is_told_and_what_is_gone(site: Any) -> None:
    with program(site, "manager") as client:
        calendar = calendar_of(client)
        known = calendar.objects_by_sync_token(load_objects=True)
        assert len(list(known)) == 1
        made = calendar.save_event(dtstart=NINE, dtend=NINE + timedelta(hours=1), summary="Nuovo", uid="new")
        news = calendar.objects_by_sync_token(sync_token=known.sync_token)
        assert [str(one.url).rsplit("/", 1)[1] for one in news] == [str(made.url).rsplit("/", 1)[1]]
        made.delete()
        updated, deleted = news.sync()
        assert (len(list(updated)), len(list(deleted))) == (0, 1)
        assert len(list(calendar.objects_by_sync_token(sync_token=news.sync_token))) == 0


@pytest.mark.parametrize("other", [{"secret": "filo_wrong"}, {"email": "teammate@aurora.example"}])
def test_a_wrong_password_or_another_name_opens_nothing(site: Any, other: dict[str, str]) -> None:
    with program(site, "agent", **other) as client, pytest.raises(error.AuthorizationError):
        client.principal().calendars()


def test_another_persons_calendar_is_not_there(site: Any) -> None:
    running, people, _folder = site
    with program(site, "manager") as client:
        address = f"http://localhost:{running.port}/dav/calendars/{people['agent']['id']}/appointments/"
        assert client.request(address, "PROPFIND", "", {"Depth": "1"}).status == 404
        assert client.request(f"{address}{people['agent']['made']}.ics", "GET").status == 404
        assert client.request(f"{address}{people['agent']['made']}.ics", "DELETE").status == 404
    assert [row["deleted_at"] for row in rows_of(site, "agent") if row["title"] == "Di agent"] == [None]


@pytest.mark.parametrize("there", [False, True])
def test_of_many_who_write_at_once_one_wins_and_nothing_is_lost(site: Any, there: bool) -> None:
    with program(site, "manager") as client:
        address = f"{calendar_of(client).url}at-once-{there}.ics"
        if there:
            client.request(address, "PUT", TEXT % {"uid": there, "title": "Zero"}, {"If-None-Match": "*"})
        etag = client.request(address, "GET").headers.get("ETag", "")
    headers = {"If-Match": etag} if there else {"If-None-Match": "*"}

    def write(number: int) -> int:
        with program(site, "manager") as mine:
            body = TEXT % {"uid": there, "title": f"Numero {number}"}
            return int(mine.request(address, "PUT", body, headers).status)

    with ThreadPoolExecutor(8) as pool:
        found = sorted(pool.map(write, range(8)))
    assert found == [204 if there else 201] + [412] * 7
    written = [row["title"] for row in rows_of(site, "manager") if row["title"].startswith(("Numero", "Zero"))]
    assert len(written) == 1 + there  # the second round finds that of the first


@pytest.mark.parametrize(
    ("role", "path", "answered"),
    [
        ("api", "/dav/", True),
        ("api", "/.well-known/caldav", True),
        ("api", "/calendar/programs", False),
        ("staff", "/dav/x", False),
        ("portal", "/dav/", False),
        ("all", "/dav/", True),
    ],
)
def test_the_role_of_the_api_answers_it(settings: Settings, role: str, path: str, answered: bool) -> None:
    settings.ROLE = role
    assert answers(path) is answered
