"""The day of the team: what each did, against plan and against before, for those whom one leads."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.accounts.tokens import make_token
from filo.foundation.notices.digests import Line as DigestLine
from filo.foundation.notices.digests import day_of_person
from filo.operational.activities.services import add_task, do_task
from filo.operational.interactions.calling import end_call, start_call
from filo.operational.interactions.services import log_interaction
from filo.operational.team.queries import Figure, TeamDay, team_day
from filo.operational.team.services import make_plan
from filo.operational.team.spans import Span, span_of
from filo.testing.budgets import MOST, queries_of
from filo.testing.clients import CheckedClient
from filo.testing.world import World

ClientOf = Callable[..., CheckedClient]
ROME = ZoneInfo("Europe/Rome")
TUESDAY = date(2026, 5, 5)
NOON = datetime(2026, 5, 5, 12, tzinfo=ROME)


def calls(world: World, who: str, day: date, *, number: int = 1, hour: int = 10, party: str = "shared") -> None:
    for _number in range(number):
        at = datetime.combine(day, datetime.min.time(), ROME) + timedelta(hours=hour)
        with clock.at(at):
            log_interaction(world.principal(who), world.parties[party], channel="call", at=at)


def day_seen(world: World, who: str, day: date = TUESDAY, kind: str = "day") -> TeamDay:
    return team_day(world.principal(who), span_of(kind, day, ROME))


def figure(found: TeamDay, person: str, code: str) -> Figure:
    line = next(line for line in found.lines if line.person.email.startswith(person))
    return next(figure for figure in line.figures if figure.measure.code == code)


def test_each_ones_calls_visits_and_tasks_are_told(world: World) -> None:
    calls(world, "agent", TUESDAY, number=3)
    with clock.at(NOON):
        agent = world.principal("agent")
        log_interaction(agent, world.parties["own"], channel="meeting")
        do_task(agent, add_task(agent, title="Mandare i campioni"))
        found = day_seen(world, "manager")
    assert [figure(found, "agent@", code).number for code in ("calls", "visits", "tasks")] == [3, 1, 1]
    assert figure(found, "teammate@", "calls").number == 0
    assert [one.number for one in found.total if one.measure.code == "calls"] == [3]


def test_a_sum_against_plan_is_of_those_who_have_one(world: World, client_of: ClientOf) -> None:
    calls(world, "agent", TUESDAY, number=3)
    calls(world, "teammate", TUESDAY, number=5)
    make_plan(world.principal("boss"), measure="calls", number=4, person=world.people["agent"], valid_from=TUESDAY)
    found = next(one for one in day_seen(world, "manager").total if one.measure.code == "calls")
    assert (found.number, found.by_plan, found.planned, found.kept) == (8, 3, 4, False)
    page = client_of("manager").get("/team/today?day=2026-05-05").content.decode()
    assert ("da piano 3 di 4" in page, "8 di 4" in page) == (True, False)
    calls(world, "agent", TUESDAY)
    assert next(one for one in day_seen(world, "manager").total if one.measure.code == "calls").kept


def test_a_day_ends_at_midnight_where_one_lives(world: World) -> None:
    late = datetime(2026, 5, 5, 23, 30, tzinfo=ROME)
    with clock.at(late):
        log_interaction(world.principal("agent"), world.parties["own"], channel="call", at=late)
        assert figure(day_seen(world, "manager"), "agent@", "calls").number == 1
        assert figure(day_seen(world, "manager", date(2026, 5, 6)), "agent@", "calls").number == 0


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (TUESDAY, 24)])
def test_a_day_is_as_long_as_its_clock_makes_it(day: date, hours: int) -> None:
    span = span_of("day", day, ROME)
    assert span.until - span.since == timedelta(hours=hours)


def test_it_is_compared_with_the_working_day_before_and_the_same_weekday(world: World) -> None:
    calls(world, "agent", date(2026, 4, 30), number=2)  # Thursday: Friday is the first of May
    calls(world, "agent", date(2026, 4, 27), number=4)
    with clock.at(datetime(2026, 5, 4, 23, 59, tzinfo=ROME)):
        found = figure(day_seen(world, "manager", date(2026, 5, 4)), "agent@", "calls")
    assert (found.number, found.before, found.week_ago, found.change) == (0, 2, 4, -4)


def test_a_day_that_is_not_over_is_compared_up_to_this_hour(world: World) -> None:
    calls(world, "agent", date(2026, 5, 4), hour=9)
    calls(world, "agent", date(2026, 5, 4), hour=17, number=5)
    with clock.at(NOON):
        found = day_seen(world, "manager")
    assert (found.so_far, figure(found, "agent@", "calls").before) == (True, 1)


def test_a_plan_of_ones_own_counts_before_the_roles_and_the_latest_counts(world: World) -> None:
    boss, role = world.principal("boss"), Role.objects.get(code="agent")
    make_plan(boss, measure="calls", number=10, role=role, valid_from=date(2026, 1, 1))
    make_plan(boss, measure="calls", number=6, person=world.people["agent"], valid_from=date(2026, 2, 1))
    make_plan(boss, measure="calls", number=8, person=world.people["agent"], valid_from=date(2026, 5, 5))
    make_plan(boss, measure="calls", number=99, person=world.people["agent"], valid_from=date(2026, 5, 6))
    with clock.at(NOON):
        found = day_seen(world, "manager")
        earlier = day_seen(world, "manager", date(2026, 5, 4))
    assert [figure(found, who, "calls").planned for who in ("agent@", "teammate@")] == [8, 10]
    assert figure(earlier, "agent@", "calls").planned == 6


def test_a_plan_that_changes_in_a_week_counts_from_its_day_on(world: World) -> None:
    boss, agent = world.principal("boss"), world.people["agent"]
    friday = date(2026, 5, 8)
    make_plan(boss, measure="calls", number=20, person=agent, valid_from=friday)
    assert figure(day_seen(world, "boss", kind="week"), "agent@", "calls").planned == 20
    make_plan(boss, measure="calls", number=5, role=Role.objects.get(code="agent"), valid_from=date(2026, 1, 1))
    assert figure(day_seen(world, "boss", kind="week"), "agent@", "calls").planned == 4 * 5 + 20
    make_plan(boss, measure="calls", number=10, person=agent, valid_from=date(2026, 5, 6))
    assert figure(day_seen(world, "boss", kind="week"), "agent@", "calls").planned == 2 * 5 + 2 * 10 + 20


@pytest.mark.parametrize(
    ("kind", "day", "per", "number", "planned"),
    [
        ("day", TUESDAY, "day", 8, 8),
        ("day", date(2026, 5, 3), "day", 8, 0),  # a Sunday
        ("day", date(2026, 5, 1), "day", 8, 0),  # a holiday
        ("week", TUESDAY, "day", 8, 40),
        ("week", date(2026, 4, 28), "day", 8, 32),  # with a holiday
        ("week", TUESDAY, "week", 12, 12),
        ("week", date(2026, 4, 28), "week", 12, 12),
        ("day", TUESDAY, "week", 12, 3),  # a fifth of it, rounded up
    ],
)
def test_a_plan_falls_to_the_days_that_are_worked(
    world: World, kind: str, day: date, per: str, number: int, planned: int
) -> None:
    person = world.people["agent"]
    make_plan(
        world.principal("boss"), measure="visits", number=number, per=per, person=person, valid_from=date(2026, 1, 1)
    )
    assert figure(day_seen(world, "boss", day, kind), "agent@", "visits").planned == planned


def test_calls_to_write_up_stand_beside_the_day(world: World) -> None:
    with clock.at(NOON):
        end_call(world.principal("agent"), start_call(world.principal("agent"), world.parties["own"]))
    with clock.at(NOON + timedelta(hours=2)):
        line = next(one for one in day_seen(world, "manager").lines if one.person == world.people["agent"])
    assert line.waiting is not None
    assert (line.waiting.number, line.waiting.since) == (1, NOON.astimezone(UTC))


def test_the_rows_behind_a_figure_are_as_many_as_it_says(world: World, client_of: ClientOf) -> None:
    calls(world, "agent", TUESDAY, number=3)
    agent = world.people["agent"].id
    page = client_of("manager").get(f"/team/{agent}/calls?day=2026-05-05").content.decode()
    assert page.count("Emporio Conti S.n.c.") == 3
    assert client_of("other_manager").get(f"/team/{agent}/calls?day=2026-05-05").status_code == 404
    assert client_of("manager").get(f"/team/{agent}/nothing").status_code == 404


def test_the_page_asks_no_more_for_a_large_team(world: World, client_of: ClientOf) -> None:
    calls(world, "agent", TUESDAY)
    client = client_of("boss")
    client.get("/team/today?day=2026-05-05")
    few = queries_of(lambda: client.get("/team/today?day=2026-05-05"))
    for who in ("teammate", "stranger"):
        calls(world, who, TUESDAY, number=4, party="shared" if who == "teammate" else "southern")
    for person in world.people.values():
        make_plan(world.principal("boss"), measure="calls", number=3, person=person, valid_from=date(2026, 1, 1))
    many = queries_of(lambda: client.get("/team/today?day=2026-05-05"))
    assert len(many) == len(few)
    assert len(many) <= MOST, "\n".join(sql[:200] for sql in many)


def test_the_file_holds_the_same_numbers_and_no_formula(world: World, client_of: ClientOf) -> None:
    calls(world, "agent", TUESDAY, number=2)
    world.people["agent"].given_name = "=Agent"
    world.people["agent"].save()
    text = client_of("manager").get("/team/today.csv?day=2026-05-05").content.decode()
    rows = list(csv.reader(text.removeprefix("\ufeff").splitlines(), delimiter=";"))
    mine = next(row for row in rows if row[0].startswith("'=Agent"))
    assert dict(zip(rows[0], mine, strict=True))["Telefonate"] == "2"


@pytest.mark.parametrize(
    "address", ["?day=never", "?day=2026-13-45", "?day=0001-01-01&span=week", "?unit=x", "?span=x"]
)
def test_what_an_address_asks_wrongly_is_today(world: World, client_of: ClientOf, address: str) -> None:
    assert client_of("manager").get(f"/team/today{address}").status_code == 200


def test_the_digest_tells_whoever_leads_of_the_last_working_day(world: World) -> None:
    calls(world, "agent", date(2026, 4, 30), number=2)
    with clock.at(datetime(2026, 5, 4, 7, tzinfo=ROME)):
        told = {part.code: [line.words for line in lines] for part, lines in day_of_person(world.principal("manager"))}
        mine = {part.code for part, _lines in day_of_person(world.principal("agent"))}
    assert [words.split(":")[0] for words in told["team"]] == ["Agent"]
    assert "2 " in told["team"][0]
    assert "team" not in mine


@pytest.mark.parametrize(
    ("language", "one", "more", "of_plan"),
    [
        ("it", "1 telefonata", "2 telefonate · 1 visita", "1 di 1 telefonata"),
        ("en", "1 call", "2 calls · 1 visit", "1 of 1 call"),
    ],
)
def test_the_digest_says_one_and_more_rightly(world: World, language: str, one: str, more: str, of_plan: str) -> None:
    monday = date(2026, 5, 4)
    calls(world, "teammate", monday)
    calls(world, "agent", monday, number=2)
    at = datetime(2026, 5, 4, 11, tzinfo=ROME)
    with clock.at(at):
        log_interaction(world.principal("agent"), world.parties["own"], channel="meeting", at=at)
    with clock.at(datetime(2026, 5, 5, 7, tzinfo=ROME)), translation.override(language):
        told = dict(line.words.split(": ") for line in digest_of_team(world))
        make_plan(
            world.principal("boss"), measure="calls", number=1, person=world.people["teammate"], valid_from=monday
        )
        planned = dict(line.words.split(": ") for line in digest_of_team(world))
    assert (told["Teammate"], told["Agent"]) == (one, more)
    assert planned["Teammate"] == of_plan


def digest_of_team(world: World) -> Sequence[DigestLine]:
    return next(lines for part, lines in day_of_person(world.principal("manager")) if part.code == "team")


def test_the_api_tells_the_same(world: World) -> None:
    calls(world, "agent", TUESDAY, number=2)
    people = asked_by_token(world, None)
    assert set(people) == {f"{who}@aurora.example" for who in ("agent", "teammate", "manager")}
    assert people["agent@aurora.example"]["calls"] == 2


def test_a_token_counts_only_what_it_may_read(world: World) -> None:
    calls(world, "agent", TUESDAY, number=2)
    assert asked_by_token(world, ["team:read"])["agent@aurora.example"] == {}


def asked_by_token(world: World, scopes: list[str] | None) -> dict[str, dict[str, int]]:
    _token, secret = make_token(world.principal("manager"), world.people["manager"], label="x", scopes=scopes)
    headers = {"Authorization": f"Bearer {secret}"}
    answer = CheckedClient().get("/api/v1/team/today?day=2026-05-05", headers=headers)
    assert answer.status_code == 200
    return {
        row["person"]["email"]: {one["measure"]: one["number"] for one in row["figures"]}
        for row in answer.json()["people"]
    }


def test_weeks_begin_on_monday() -> None:
    assert span_of("week", date(2026, 5, 10), ROME) == Span("week", date(2026, 5, 4), date(2026, 5, 10), ROME)
