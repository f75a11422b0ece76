"""The calendar shows what one sees, things are moved in it and back, and other programs read it at a secret address."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from filo.foundation import clock
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.operational.activities.agenda import busy_times
from filo.operational.activities.appointments import (
    cancel_appointment,
    change_appointment,
    make_appointment,
    move_appointment,
    restore_appointment,
)
from filo.operational.activities.feeding import end_feed, make_feed
from filo.operational.activities.models import Appointment, CalendarFeed, Task
from filo.operational.activities.pages import Placed, calendar_days, days_shown, side_by_side
from filo.operational.activities.recurring import at_wall
from filo.operational.activities.services import add_task
from filo.operational.activities.sources import Item
from filo.operational.interactions.services import log_interaction
from filo.testing.budgets import MOST, queries_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]
ROME = ZoneInfo("Europe/Rome")
MONDAY = date(2026, 5, 4)


def made(world: World, who: str = "agent", *, hour: int = 9, party: str | None = None, **facts: Any) -> Appointment:
    wanted = {"title": "Campionario", "starts_at": at_wall(MONDAY, time(hour), ROME), **facts}
    return make_appointment(world.principal(who), wanted, party=world.parties[party] if party else None)


def titles(world: World, who: str, day: date, *, whose: str | None = None) -> list[str]:
    found = calendar_days(world.principal(who), [world.people[whose or who].pk], [day], ROME)
    return [placed.item.title for placed in (*found[0].whole, *found[0].timed)]


# --- what is shown ------------------------------------------------------------------------------------------


def test_appointments_tasks_and_what_happened_stand_on_their_day(world: World) -> None:
    agent = world.principal("agent")
    made(world)
    add_task(agent, title="Mandare i campioni", due_on=MONDAY)
    add_task(agent, title="Richiamare", due_on=MONDAY, due_time=time(15))
    at = at_wall(MONDAY, time(11), ROME)
    with clock.at(at):
        log_interaction(agent, world.parties["own"], channel="meeting", subject="Visita", at=at, minutes=45)
    assert titles(world, "agent", MONDAY) == ["Mandare i campioni", "Campionario", "Visita", "Richiamare"]


def test_a_colleague_sees_nothing_of_it_and_who_leads_sees_all(world: World) -> None:
    made(world)
    assert titles(world, "teammate", MONDAY, whose="agent") == []
    assert titles(world, "other_manager", MONDAY, whose="agent") == []
    assert titles(world, "manager", MONDAY, whose="agent") == ["Campionario"]


def test_colleagues_know_when_one_is_busy_and_not_why(world: World, client_of: ClientOf) -> None:
    made(world, title="Segreto")
    made(world, hour=10, minutes=30)
    since = at_wall(MONDAY, time.min, ROME)
    agent = world.people["agent"].pk
    begin = at_wall(MONDAY, time(9), ROME)
    assert busy_times([agent], since, since + timedelta(days=1)) == {agent: [(begin, begin + timedelta(minutes=90))]}
    page = client_of("teammate").get("/calendar?view=team&day=2026-05-04").content.decode()
    assert ("Segreto" in page, 'data-minute="540" data-minutes="90"' in page) == (False, True)


def test_an_appointment_over_midnight_stands_on_both_days(world: World) -> None:
    made(world, hour=23, minutes=120)
    assert [titles(world, "agent", MONDAY + timedelta(days=n)) for n in range(3)] == [
        ["Campionario"],
        ["Campionario"],
        [],
    ]


def test_those_at_the_same_time_stand_side_by_side() -> None:
    def placed(minute: int, minutes: int) -> Placed:
        moment = datetime(2026, 5, 4, tzinfo=UTC)
        nobody: Any = None
        return Placed(Item("x", nobody, nobody, "x", moment, moment, ""), "", minute, minutes)

    found = side_by_side([placed(540, 60), placed(560, 60), placed(600, 30), placed(700, 10)])
    assert [(one.minute, one.lane, one.lanes) for one in found] == [(540, 0, 2), (560, 1, 2), (600, 0, 2), (700, 0, 1)]


@pytest.mark.parametrize(
    ("view", "first", "number"),
    [
        ("day", date(2026, 2, 18), 1),
        ("week", date(2026, 2, 16), 7),
        ("month", date(2026, 1, 26), 35),
        ("team", date(2026, 2, 16), 7),
    ],
)
def test_a_view_shows_whole_weeks(view: str, first: date, number: int) -> None:
    found = days_shown(view, date(2026, 2, 18))
    assert (found[0], len(found)) == (first, number)


@pytest.mark.parametrize("view", ["day", "week", "month", "team"])
def test_every_view_opens_with_few_queries_whatever_there_is(world: World, client_of: ClientOf, view: str) -> None:
    client, address = client_of("manager"), f"/calendar?view={view}&day=2026-05-04"
    made(world, "manager", party="own")
    client.get(address)
    few = queries_of(lambda: client.get(address))
    for who in ("agent", "teammate", "manager"):
        for hour in (8, 10, 12):
            made(world, who, hour=hour, freq="day", party="shared")
    many = queries_of(lambda: client.get(address))
    assert len(many) == len(few) <= MOST, "\n".join(sql[:160] for sql in many)


def test_holidays_are_named(client_of: ClientOf) -> None:
    assert "Festa del Lavoro" in client_of("agent").get("/calendar?view=month&day=2026-05-04").content.decode()


@pytest.mark.parametrize(
    "address", ["?day=never", "?day=2026-13-40", "?day=0001-01-01", "?day=9999-12-31&view=month", "?view=x"]
)
def test_what_an_address_asks_wrongly_is_still_a_calendar(client_of: ClientOf, address: str) -> None:
    assert client_of("agent").get(f"/calendar{address}").status_code == 200


# --- what is moved ------------------------------------------------------------------------------------------


def moved(client: CheckedClient, found: Any, source: str, day: str, begin: str, end: str, **more: str) -> str:
    where = {"source": source, "id": str(found.pk), "starts": f"{day}T{begin}", "ends": f"{day}T{end}", **more}
    page = client.post("/calendar/move", where, follow=True).content.decode()
    undo = re.search(r'action="(/calendar/[^"]*)"[^>]*><input[^>]*><button class="btn" data-kind="quiet"', page)
    assert undo, "there is a way back"
    return undo[1].replace("&amp;", "&")


def test_an_appointment_is_moved_made_longer_and_put_back(world: World, client_of: ClientOf) -> None:
    client, found = client_of("agent"), made(world)
    undo = moved(client, found, "appointments", "2026-05-05", "14:00", "15:30")
    found.refresh_from_db()
    assert (found.starts_at, found.minutes) == (at_wall(date(2026, 5, 5), time(14), ROME), 90)
    client.post(undo)
    found.refresh_from_db()
    assert (found.starts_at, found.minutes) == (at_wall(MONDAY, time(9), ROME), 60)


def test_a_task_gets_a_day_and_an_hour_and_goes_back(world: World, client_of: ClientOf) -> None:
    client, task = client_of("agent"), add_task(world.principal("agent"), title="Richiamare", due_on=MONDAY)
    undo = moved(client, task, "tasks", "2026-05-06", "10:15", "10:45")
    task.refresh_from_db()
    assert (task.due_on, task.due_time) == (date(2026, 5, 6), time(10, 15))
    client.post(undo)
    task.refresh_from_db()
    assert (task.due_on, task.due_time) == (MONDAY, None)


def test_one_of_a_series_is_moved_by_itself_and_put_back(world: World, client_of: ClientOf) -> None:
    client, series = client_of("agent"), made(world, freq="day")
    undo = moved(client, series, "appointments", "2026-05-05", "16:00", "17:00", occurrence="2026-05-05")
    alone = Appointment.objects.get(series=series)
    assert (alone.starts_at, alone.freq) == (at_wall(date(2026, 5, 5), time(16), ROME), "")
    assert [titles(world, "agent", MONDAY + timedelta(days=n)) for n in (0, 1, 2)] == [["Campionario"]] * 3
    client.post(undo)
    series.refresh_from_db()
    alone.refresh_from_db()
    assert (series.skipped, alone.deleted_at is not None) == ([], True)


def test_moving_twice_the_same_day_of_a_series_makes_one(world: World) -> None:
    series, agent, day = made(world, freq="day"), world.principal("agent"), date(2026, 5, 5)
    first = move_appointment(agent, series, starts=at_wall(day, time(16), ROME), minutes=60, day=day)
    assert move_appointment(agent, series, starts=at_wall(day, time(16), ROME), minutes=60, day=day) == first
    assert Appointment.objects.filter(series=series).count() == 1


def test_nobody_moves_what_is_not_his(world: World, client_of: ClientOf) -> None:
    found = made(world)
    where = {"source": "appointments", "id": str(found.pk), "starts": "2026-05-05T09:00", "ends": "2026-05-05T10:00"}
    assert client_of("teammate").post("/calendar/move", where).status_code == 404
    with pytest.raises(Forbidden):
        change_appointment(world.principal("teammate"), found, {"title": "x"})
    assert client_of("agent").post("/calendar/move", {**where, "source": "interactions"}).status_code == 404


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("x", "y"), ("2026-05-05T10:00", "2026-05-05T09:00"), ("0001-01-01T00:00", "9999-01-01T00:00"), ("", "")],
)
def test_a_move_to_no_time_at_all_is_refused(world: World, client_of: ClientOf, starts: str, ends: str) -> None:
    where = {"source": "appointments", "id": str(made(world).pk), "starts": starts, "ends": ends}
    assert client_of("agent").post("/calendar/move", where).status_code == 400


def test_what_is_cancelled_comes_back_one_day_of_a_series_too(world: World) -> None:
    agent, series = world.principal("agent"), made(world, freq="day")
    cancel_appointment(agent, series, day=date(2026, 5, 5))
    assert titles(world, "agent", date(2026, 5, 5)) == []
    restore_appointment(agent, series, day=date(2026, 5, 5))
    assert titles(world, "agent", date(2026, 5, 5)) == ["Campionario"]
    cancel_appointment(agent, series)
    assert titles(world, "agent", MONDAY) == []
    restore_appointment(agent, series)
    assert titles(world, "agent", MONDAY) == ["Campionario"]


def test_a_change_of_an_old_version_is_refused(world: World) -> None:
    agent, found = world.principal("agent"), made(world)
    change_appointment(agent, found, {"title": "Altro"}, version=1)
    with pytest.raises(Stale):
        change_appointment(agent, found, {"title": "Ancora"}, version=1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", " "),
        ("kind", "party"),
        ("minutes", 1),
        ("minutes", 10**6),
        ("freq", "year"),
        ("every", 0),
        ("until", date(2026, 1, 1)),
    ],
)
def test_what_cannot_be_is_refused_by_its_name(world: World, field: str, value: Any) -> None:
    with pytest.raises(InvalidFields) as refusal:
        made(world, **{field: value})
    assert list(refusal.value.fields) == [field]
    assert not Appointment.objects.exists()


# --- the form -----------------------------------------------------------------------------------------------


def test_it_is_made_changed_and_one_of_it_changed_by_itself(world: World, client_of: ClientOf) -> None:
    client = client_of("agent")
    typed = {"title": "Riunione", "kind": "meeting", "day": "2026-05-04", "starts": "09:00", "ends": "09:45"}
    again = {"freq": "week", "every": "1", "weekdays": ["0", "2"], "count": "6"}
    assert client.post("/calendar/new", {**typed, **again}).status_code == 302
    series = Appointment.objects.get()
    assert (series.minutes, series.weekdays, series.count) == (45, [0, 2], 6)
    one = {
        **typed,
        "title": "Riunione lunga",
        "day": "2026-05-06",
        "ends": "11:00",
        "which": "one",
        "occurrence": "2026-05-06",
    }
    assert client.post(f"/calendar/{series.pk}", {**one, "version": "1"}).status_code == 302
    assert titles(world, "agent", date(2026, 5, 6)) == ["Riunione lunga"]
    assert titles(world, "agent", date(2026, 5, 11)) == ["Riunione"]


def test_a_wrong_form_says_what_is_wrong_and_keeps_what_was_typed(world: World, client_of: ClientOf) -> None:
    answer = client_of("agent").post("/calendar/new", {"title": "Riunione", "kind": "meeting", "day": "2026-05-04"})
    assert (answer.status_code, 'value="Riunione"' in answer.content.decode()) == (422, True)


def test_a_customer_one_no_longer_sees_is_not_named(world: World, client_of: ClientOf) -> None:
    found = made(world, party="own")
    Appointment.objects.filter(pk=found.pk).update(party=world.parties["southern"])
    page = client_of("agent").get(f"/calendar/{found.pk}").content.decode()
    week = client_of("agent").get("/calendar?day=2026-05-04").content.decode()
    assert ("Moda Sud" in page, "Moda Sud" in week, "Campionario" in week) == (False, False, True)


# --- other programs -----------------------------------------------------------------------------------------


def test_the_secret_address_gives_ones_own_calendar_until_it_is_ended(world: World) -> None:
    agent = world.principal("agent")
    with clock.at(datetime(2026, 5, 4, 6, tzinfo=UTC)):
        made(world, title="Incontro, con; segni\\ e à" * 3, place="Milano", party="own", freq="day", count=2)
        made(world, "teammate", title="Di un altro")
        secret = make_feed(agent)
        answer = Client().get(f"/p/calendar/{secret}.ics")
    text = answer.content.decode()
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.count("UID:appointments-") == 2
    assert "DTSTART:20260504T070000Z" in text
    assert ("Di un altro" in text, "LOCATION:Milano" in text) == (False, True)
    assert "Incontro\\, con\\; segni\\\\ e à" in text.replace("\r\n ", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    end_feed(agent)
    assert Client().get(f"/p/calendar/{secret}.ics").status_code == 404


def test_a_whole_day_is_one_also_where_the_clock_is_turned(world: World) -> None:
    with clock.at(datetime(2026, 10, 20, 6, tzinfo=UTC)):
        day = at_wall(date(2026, 10, 25), time.min, ROME)
        make_appointment(
            world.principal("agent"), {"title": "Fiera", "starts_at": day, "all_day": True, "minutes": 1440}
        )
        text = Client().get(f"/p/calendar/{make_feed(world.principal('agent'))}.ics").content.decode()
    assert "DTSTART;VALUE=DATE:20261025\r\nDTEND;VALUE=DATE:20261026" in text


def test_a_new_address_ends_the_one_before_and_only_its_digest_is_kept(world: World) -> None:
    first, second = (make_feed(world.principal("agent")) for _number in range(2))
    assert [Client().get(f"/p/calendar/{secret}.ics").status_code for secret in (first, second)] == [404, 200]
    assert second not in str(CalendarFeed.objects.values_list("digest", flat=True))


def test_who_has_left_is_read_by_nobody(world: World) -> None:
    secret = make_feed(world.principal("agent"))
    world.people["agent"].is_active = False
    world.people["agent"].save()
    assert Client().get(f"/p/calendar/{secret}.ics").status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 5000])
def test_a_guessed_address_is_nothing(db: None, token: str) -> None:
    assert Client().get(f"/p/calendar/{token}.ics").status_code == 404


def test_the_page_of_the_address_shows_it_once(client_of: ClientOf) -> None:
    client = client_of("agent")
    assert "/p/calendar/" in client.post("/calendar/feed").content.decode()
    assert "/p/calendar/" not in client.get("/calendar/feed").content.decode()


def test_a_task_with_an_hour_is_written_on_its_page(world: World, client_of: ClientOf) -> None:
    client = client_of("agent")
    typed = {
        "title": "Richiamare",
        "due_on": "2026-05-04",
        "due_time": "15:30",
        "assignee": str(world.people["agent"].pk),
    }
    client.post("/tasks/new", typed)
    assert Task.objects.get(title="Richiamare").due_time == time(15, 30)
