"""What programs make, change and delete is in Filo by the rules of its pages, and the other way round."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from filo.foundation.audit.models import AuditEntry
from filo.foundation.events.models import OutboxEvent
from filo.operational.activities.appointments import (
    cancel_appointment,
    change_appointment,
    make_appointment,
    move_appointment,
    restore_appointment,
)
from filo.operational.activities.models import Appointment, CalendarCount, CalendarEntry
from filo.operational.activities.recurring import at_wall
from filo.operational.caldav.tests.program import Program, event
from filo.testing.world import World

ROME = ZoneInfo("Europe/Rome")
MONDAY, TUESDAY, WEDNESDAY = date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)
NINE = at_wall(MONDAY, time(9), ROME)


@pytest.fixture
def program(world: World) -> Program:
    return Program(world, "agent")


def made(world: World, who: str = "agent", *, party: str = "", owner: str = "", **facts: Any) -> Appointment:
    wanted = {"title": "Campionario", "starts_at": NINE, **facts}
    owner_id = world.people[owner].pk if owner else None
    return make_appointment(
        world.principal(who), wanted, party=world.parties[party] if party else None, owner_id=owner_id
    )


def only() -> Appointment:
    return Appointment.objects.get()


# --- one appointment ----------------------------------------------------------------------------------------


def test_what_a_program_makes_is_an_appointment_of_its_person(program: Program) -> None:
    answer = program.put("a.ics", event("a", "LOCATION:Milano\\, Duomo", "DESCRIPTION:Primo\\nSecondo"))
    assert (answer.status_code, "ETag" in answer) == (201, False)
    found = only()
    assert (found.owner, found.title, found.starts_at, found.minutes) == (program.person, "Riunione", NINE, 60)
    assert (found.place, found.note, found.kind, found.zone) == (
        "Milano, Duomo",
        "Primo\nSecondo",
        "meeting",
        "Europe/Rome",
    )
    entry = AuditEntry.objects.get(action="appointment.make")
    assert (entry.object_id, entry.actor) == (found.pk, program.person.pk)
    assert OutboxEvent.objects.filter(type="appointment.made").count() == 1


def test_what_was_made_here_is_read_with_its_customer_and_where_it_stands(world: World, program: Program) -> None:
    found = made(world, party="own", place="Milano", note="Riga\ndue")
    lines = program.lines(f"{found.pk}.ics")
    for wanted in (
        f"UID:appointments-{found.pk}@filo",
        "DTSTART;TZID=Europe/Rome:20260504T090000",
        "DTEND;TZID=Europe/Rome:20260504T100000",
        "SUMMARY:Campionario · Lanificio Bassi S.r.l.",
        "LOCATION:Milano",
        "DESCRIPTION:Riga\\ndue",
        f"URL:http://localhost:8000/calendar/{found.pk}",
        "BEGIN:VTIMEZONE",
    ):
        assert wanted in lines, lines


def test_the_customers_name_in_a_title_is_not_taken_for_the_title(world: World, program: Program) -> None:
    found = made(world, party="own")
    name, uid = f"{found.pk}.ics", f"appointments-{found.pk}@filo"
    program.put(name, event(uid, title="Campionario nuovo · Lanificio Bassi S.r.l."))
    found.refresh_from_db()
    assert (found.title, found.party) == ("Campionario nuovo", world.parties["own"])


def test_a_customer_one_does_not_see_is_not_named(world: World, program: Program) -> None:
    found = made(world, party="own")
    Appointment.objects.update(party=world.parties["southern"])
    assert "SUMMARY:Campionario" in program.lines(f"{found.pk}.ics")


def test_it_is_moved_with_the_etag_that_was_read(world: World, program: Program) -> None:
    program.put("a.ics", event("a"))
    later = event("a", start="DTSTART:20260505T120000Z", end="DURATION:PT1H30M")
    assert program.put("a.ics", later, If_Match=program.etag("a.ics")).status_code == 204
    found = only()
    assert (found.starts_at, found.minutes) == (at_wall(TUESDAY, time(14), ROME), 90)
    assert (found.zone, OutboxEvent.objects.filter(type="appointment.changed").count()) == ("Europe/Rome", 1)


def test_what_somebody_changed_meanwhile_is_not_overwritten(world: World, program: Program) -> None:
    found = made(world)
    name, uid = f"{found.pk}.ics", f"appointments-{found.pk}@filo"
    etag = program.etag(name)
    change_appointment(world.principal("agent"), found, {"title": "Dal sito"})
    assert program.put(name, event(uid, title="Dal telefono"), If_Match=etag).status_code == 412
    assert program.ask("DELETE", f"{program.mine}{name}", If_Match=etag).status_code == 412
    found.refresh_from_db()
    assert (found.title, found.deleted_at) == ("Dal sito", None)
    assert program.put(name, event(uid, title="Dal telefono"), If_Match=program.etag(name)).status_code == 204


@pytest.mark.parametrize(
    ("there", "headers", "status"),
    [
        (True, {"If_None_Match": "*"}, 412),
        (True, {"If_Match": "*"}, 204),
        (True, {"If_Match": '"0", "99"'}, 412),
        (False, {"If_None_Match": "*"}, 201),
        (False, {"If_Match": '"1"'}, 412),
        (False, {"If_Match": "*"}, 412),
    ],
)
def test_what_must_be_there_or_not_is_heeded(
    program: Program, there: bool, headers: dict[str, str], status: int
) -> None:
    if there:
        program.put("a.ics", event("a"))
    assert program.put("a.ics", event("a", title="Altro"), **headers).status_code == status
    assert Appointment.objects.count() == int(there or status == 201)


def test_the_same_again_changes_nothing(program: Program) -> None:
    program.put("a.ics", event("a"))
    etag = program.etag("a.ics")
    assert program.put("a.ics", event("a")).status_code == 204
    assert (program.etag("a.ics"), only().version) == (etag, 1)


def test_it_is_cancelled_and_made_again_under_the_same_name(program: Program) -> None:
    program.put("a.ics", event("a"))
    assert program.ask("DELETE", f"{program.mine}a.ics", If_Match=program.etag("a.ics")).status_code == 204
    assert (only().deleted_at is None, program.get("a.ics").status_code) == (False, 404)
    assert program.ask("DELETE", f"{program.mine}a.ics").status_code == 404
    assert program.put("a.ics", event("a", title="Di nuovo"), If_None_Match="*").status_code == 201
    assert (only().deleted_at, only().title) == (None, "Di nuovo")


def test_another_appointment_may_take_the_name_of_one_that_was_cancelled(program: Program) -> None:
    program.put("a.ics", event("a"))
    program.ask("DELETE", f"{program.mine}a.ics")
    assert program.put("a.ics", event("b", title="Altro")).status_code == 201
    assert (program.names(), Appointment.objects.count()) == (["a.ics"], 2)


def test_no_uid_stands_under_two_names_and_no_name_changes_its_uid(program: Program) -> None:
    program.put("a.ics", event("a"))
    for name, uid in (("b.ics", "a"), ("a.ics", "b")):
        answer = program.put(name, event(uid))
        assert (answer.status_code, b"no-uid-conflict" in answer.content) == (403, True)
    assert program.names() == ["a.ics"]


def test_a_whole_day_stays_a_day_also_when_the_clock_is_turned(program: Program) -> None:
    days = {"start": "DTSTART;VALUE=DATE:20261024", "end": "DTEND;VALUE=DATE:20261027"}
    program.put("a.ics", event("a", **days))
    found = only()
    assert (found.all_day, found.minutes, found.starts_at) == (
        True,
        3 * 1440,
        at_wall(date(2026, 10, 24), time.min, ROME),
    )
    assert {"DTSTART;VALUE=DATE:20261024", "DTEND;VALUE=DATE:20261027"} <= set(program.lines("a.ics"))


def test_the_clock_of_another_zone_stays_that_of_the_zone(program: Program) -> None:
    start, end = "DTSTART;TZID=America/New_York:20260504T090000", "DTEND;TZID=America/New_York:20260504T100000"
    program.put("a.ics", event("a", "RRULE:FREQ=DAILY;COUNT=3", start=start, end=end))
    assert (only().zone, only().starts_at) == (
        "America/New_York",
        at_wall(MONDAY, time(9), ZoneInfo("America/New_York")),
    )
    assert {start, "TZID:America/New_York"} <= set(program.lines("a.ics"))


def test_alarms_stay_with_the_program_and_guests_are_left_out(program: Program) -> None:
    alarm = ["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:Fra poco", "END:VALARM"]
    guests = ["ATTENDEE;CN=Anna:mailto:anna@posta.example", "X-MOZ-SOMETHING:1", "ORGANIZER:mailto:io@posta.example"]
    assert program.put("a.ics", event("a", *guests, *alarm)).status_code == 201
    lines = program.lines("a.ics")
    assert lines[lines.index("BEGIN:VALARM") :][:5] == alarm
    assert not [line for line in lines if line.startswith(("ATTENDEE", "ORGANIZER", "X-MOZ"))]
    before = program.etag("a.ics")
    program.put("a.ics", event("a"))
    assert "BEGIN:VALARM" not in program.lines("a.ics")
    assert (program.etag("a.ics") != before, only().version) == (True, 1)


def test_one_without_a_length_and_a_title_gets_both(program: Program) -> None:
    program.put("a.ics", event("a", end="", title=""))
    assert (only().minutes, only().title) == (5, "Senza titolo")


# --- series -------------------------------------------------------------------------------------------------

DAILY = "RRULE:FREQ=DAILY;COUNT=5"
MOVED = event(
    "a",
    "RECURRENCE-ID;TZID=Europe/Rome:20260505T090000",
    start="DTSTART;TZID=Europe/Rome:20260505T160000",
    end="DTEND;TZID=Europe/Rome:20260505T170000",
    title="Spostata",
)


def test_a_series_comes_with_what_is_left_out_and_what_is_moved(program: Program) -> None:
    program.put("a.ics", event("a", DAILY, "EXDATE;TZID=Europe/Rome:20260506T090000"), MOVED)
    series, alone = Appointment.objects.get(series=None), Appointment.objects.get(series__isnull=False)
    assert (series.freq, series.count, series.skipped) == ("day", 5, ["2026-05-05", "2026-05-06"])
    assert (alone.instead_of, alone.title, alone.starts_at) == (TUESDAY, "Spostata", at_wall(TUESDAY, time(16), ROME))
    lines = program.lines("a.ics")
    assert {DAILY, "EXDATE;TZID=Europe/Rome:20260506T090000", "SUMMARY:Spostata"} <= set(lines)
    assert lines.count("RECURRENCE-ID;TZID=Europe/Rome:20260505T090000") == 1
    assert not [line for line in lines if line.startswith("EXDATE") and "20260505" in line]
    assert program.names() == ["a.ics"]


def test_what_is_written_back_as_it_was_read_changes_nothing(world: World, program: Program) -> None:
    series = made(world, freq="week", weekdays=[0, 2], party="own", note="x")
    cancel_appointment(world.principal("agent"), series, day=date(2026, 5, 11))
    move_appointment(world.principal("agent"), series, starts=NINE + timedelta(hours=5), minutes=30, day=WEDNESDAY)
    name = f"{series.pk}.ics"
    before, etag = list(Appointment.objects.order_by("pk").values()), program.etag(name)
    answer = program.ask("PUT", f"{program.mine}{name}", program.get(name).content, If_Match=etag)
    assert answer.status_code == 204
    assert (list(Appointment.objects.order_by("pk").values()), program.etag(name)) == (before, etag)


def test_one_moved_by_itself_is_moved_again_put_back_and_left_out(program: Program) -> None:
    program.put("a.ics", event("a", DAILY), MOVED)
    program.put("a.ics", event("a", DAILY), MOVED.replace("T160000", "T163000").replace("T170000", "T173000"))
    alone = Appointment.objects.get(series__isnull=False)
    assert alone.starts_at == at_wall(TUESDAY, time(16, 30), ROME)
    program.put("a.ics", event("a", DAILY))
    alone.refresh_from_db()
    assert (alone.deleted_at is None, Appointment.objects.get(series=None).skipped) == (False, [])
    program.put("a.ics", event("a", DAILY), MOVED)
    program.put("a.ics", event("a", DAILY, "EXDATE;TZID=Europe/Rome:20260505T090000"))
    assert Appointment.objects.filter(series__isnull=False, deleted_at=None).count() == 0
    assert Appointment.objects.get(series=None).skipped == ["2026-05-05"]


def test_a_series_that_becomes_one_takes_its_exceptions_along(program: Program) -> None:
    program.put("a.ics", event("a", DAILY), MOVED)
    program.put("a.ics", event("a"))
    assert [(one.freq, one.skipped) for one in Appointment.objects.filter(deleted_at=None)] == [("", [])]


def test_deleting_a_series_cancels_what_was_moved_away_from_it(program: Program) -> None:
    program.put("a.ics", event("a", DAILY), MOVED)
    assert program.ask("DELETE", f"{program.mine}a.ics").status_code == 204
    assert not Appointment.objects.filter(deleted_at=None).exists()


def test_what_a_cancelled_series_leaves_behind_stands_by_itself(world: World, program: Program) -> None:
    agent, series = world.principal("agent"), made(world, freq="day")
    alone = move_appointment(agent, series, starts=NINE + timedelta(hours=30), minutes=60, day=TUESDAY)
    *_, token = program.since("")
    cancel_appointment(agent, series)
    assert program.names() == [f"{alone.pk}.ics"]
    changed, gone, token = program.since(token)
    assert (changed, gone) == ([f"{alone.pk}.ics"], [f"{series.pk}.ics"])
    restore_appointment(agent, series)
    changed, gone, _token = program.since(token)
    assert (changed, gone, program.names()) == ([f"{series.pk}.ics"], [f"{alone.pk}.ics"], [f"{series.pk}.ics"])


@pytest.mark.parametrize(
    ("lines", "condition", "word"),
    [
        (["RRULE:FREQ=MONTHLY;BYDAY=2MO"], "valid-calendar-object-resource", "ogni mese"),
        (["RRULE:FREQ=DAILY", "RDATE:20260601T090000"], "valid-calendar-object-resource", "ogni mese"),
        (["RECURRENCE-ID:20260504T070000Z"], "valid-calendar-object-resource", "da solo"),
    ],
)
def test_a_series_that_filo_cannot_keep_is_refused_with_a_reason(
    program: Program, lines: list[str], condition: str, word: str
) -> None:
    answer = program.put("a.ics", event("a", *lines))
    text = answer.content.decode()
    assert (answer.status_code, condition in text, word in text) == (403, True, True), text
    assert not Appointment.objects.exists()


def test_a_series_changed_from_one_day_on_is_refused_and_stays(program: Program) -> None:
    program.put("a.ics", event("a", DAILY))
    on = MOVED.replace("RECURRENCE-ID;", "RECURRENCE-ID;RANGE=THISANDFUTURE;")
    assert program.put("a.ics", event("a", DAILY), on).status_code == 403
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "x",
        "BEGIN:VCALENDAR\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20261399T999999\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260504\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:00010101\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:99991231T230000Z\r\nDURATION:P9999W\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:a\r\nEND:VTODO\r\nEND:VCALENDAR",
        "BEGIN:A\r\n" * 4000,
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Mars/Base:20260504T090000\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260504\r\nRRULE:FREQ=DAILY;COUNT=x\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20260504\r\nDTEND:20270504\r\nEND:VEVENT\r\nEND:VCALENDAR",
    ],
)
def test_what_is_no_appointment_is_refused(program: Program, body: str) -> None:
    answer = program.ask("PUT", f"{program.mine}a.ics", body.encode())
    assert (answer.status_code, b"sentence" in answer.content) == (403, True), answer.content
    assert not Appointment.objects.exists()


def test_a_file_that_is_no_text_or_too_long_is_refused(program: Program) -> None:
    assert program.ask("PUT", f"{program.mine}a.ics", b"\xff\xfe\x00").status_code == 403
    assert program.ask("PUT", f"{program.mine}a.ics", b"x" * 300_000).status_code == 413


def test_what_pages_do_is_told_since_a_token(world: World, program: Program) -> None:
    agent = world.principal("agent")
    first, second = made(world), made(world, title="Altro")
    changed, gone, token = program.since("")
    assert (sorted(changed), gone) == (sorted([f"{first.pk}.ics", f"{second.pk}.ics"]), [])
    assert program.since(token) == ([], [], token)
    change_appointment(agent, first, {"title": "Nuovo"})
    cancel_appointment(agent, second)
    third = made(world, title="Terzo")
    changed, gone, token = program.since(token)
    assert (changed, gone) == ([f"{first.pk}.ics", f"{third.pk}.ics"], [f"{second.pk}.ics"])
    name = f"{first.pk}.ics"
    first.delete()  # as the erasure of a customer does
    changed, gone, token = program.since(token)
    assert (changed, gone) == ([], [name])
    assert program.since(token) == ([], [], token)


def test_a_day_of_a_series_that_is_already_left_out_is_told_when_it_is_moved(world: World, program: Program) -> None:
    agent, series = world.principal("agent"), made(world, freq="day")
    cancel_appointment(agent, series, day=TUESDAY)
    *_, token = program.since("")
    move_appointment(agent, series, starts=datetime(2026, 5, 5, 14, tzinfo=ROME), minutes=60, day=TUESDAY)
    assert program.since(token)[0] == [f"{series.pk}.ics"]


def test_what_was_there_before_gets_its_name_from_the_migration(world: World, program: Program) -> None:
    series = made(world, freq="day")
    move_appointment(world.principal("agent"), series, starts=NINE + timedelta(hours=30), minutes=60, day=TUESDAY)
    cancel_appointment(world.principal("agent"), made(world))
    made(world, "teammate")
    before = sorted(CalendarEntry.objects.values_list("person", "name", "uid"))
    CalendarEntry.objects.all().delete()
    CalendarCount.objects.all().delete()
    import_module("filo.operational.activities.migrations.0004_other_programs").name_what_is_there(apps, None)
    there = sorted(CalendarEntry.objects.values_list("person", "name", "uid"))
    assert (len(before), len(there), set(there) <= set(before)) == (3, 2, True)
    assert (program.names(), program.since("")[0]) == ([f"{series.pk}.ics"], [f"{series.pk}.ics"])
