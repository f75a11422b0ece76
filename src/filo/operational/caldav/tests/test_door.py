"""The door of programs: who gets in, what he finds, and what is refused there."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from filo.foundation import clock
from filo.foundation.accounts.door import note_password_set
from filo.foundation.accounts.models import ApiToken
from filo.foundation.accounts.tokens import make_token, revoke_token
from filo.operational.activities.appointments import make_appointment
from filo.operational.activities.models import Appointment
from filo.operational.activities.recurring import at_wall
from filo.operational.activities.services import add_task, do_task
from filo.operational.caldav.access import make_password
from filo.operational.caldav.tests.program import NAMES, C, D, Program, event
from filo.operational.interactions.services import log_interaction
from filo.testing.clients import CheckedClient
from filo.testing.world import PASSWORD, World

ROME = ZoneInfo("Europe/Rome")
MONDAY = date(2026, 5, 4)
ClientOf = Callable[..., CheckedClient]


@pytest.fixture
def program(world: World) -> Program:
    return Program(world, "agent")


def basic(email: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{email}:{password}".encode()).decode()


def status(authorization: str, path: str = "/dav/") -> int:
    return Client().generic("PROPFIND", path, headers={"Authorization": authorization, "Depth": "0"}).status_code


# --- who gets in --------------------------------------------------------------------------------------------


def test_a_program_is_led_from_the_address_of_the_site_to_the_calendars(program: Program) -> None:
    answer = Client().generic("PROPFIND", "/.well-known/caldav")
    assert (answer.status_code, answer["Location"]) == (301, "/dav/")
    person = program.properties("/dav/", "D:current-user-principal")["/dav/"][f"{D}current-user-principal"][0].text
    home = program.properties(person, "C:calendar-home-set")[person][f"{C}calendar-home-set"][0].text
    assert (person, home) == (f"/dav/people/{program.person.pk}/", program.home)
    found = program.properties(home, "D:resourcetype", "D:displayname", depth="1")
    calendars = {href: one[f"{D}displayname"].text for href, one in found.items() if f"{D}displayname" in one}
    assert calendars == {program.mine: "Filo: Agent", program.others: "Filo: attività e altre scadenze"}
    assert [one.tag for one in found[program.mine][f"{D}resourcetype"]] == [f"{D}collection", f"{C}calendar"]


def test_only_a_password_that_was_made_for_it_opens_it(world: World) -> None:
    agent = world.people["agent"]
    secret = make_password(world.principal("agent"), agent, label="Telefono")
    everything = make_token(world.principal("agent"), agent, label="API")[1]
    assert status(basic(agent.email.upper(), secret)) == 207
    for email, password in (
        (agent.email, PASSWORD),
        (agent.email, everything),
        (agent.email, secret + "x"),
        (world.people["teammate"].email, secret),
        ("", secret),
        ("\x00", "\x00"),
    ):
        assert status(basic(email, password)) == 401
    for header in ("", "Basic", "Basic !!!", f"Bearer {secret}", "Basic " + "A" * 5000, "Basic /////w=="):
        assert status(header) == 401


def test_such_a_password_opens_nothing_else(world: World) -> None:
    secret = make_password(world.principal("agent"), world.people["agent"], label="Telefono")
    bearer = {"Authorization": f"Bearer {secret}"}
    assert [Client().get(f"/api/v1/{path}", headers=bearer).status_code for path in ("parties", "tasks")] == [403, 403]


def test_the_cookie_of_a_sign_in_counts_for_nothing_there(client_of: ClientOf) -> None:
    answer = client_of("agent").generic("PROPFIND", "/dav/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Basic realm="Filo", charset="UTF-8"')


def test_a_password_that_is_ended_opens_nothing_from_then_on(world: World, program: Program) -> None:
    assert program.get("x.ics").status_code == 404
    revoke_token(world.principal("agent"), ApiToken.objects.get().pk)
    assert program.get("x.ics").status_code == 401


@pytest.mark.parametrize("how", ["left", "password"])
def test_who_has_left_or_has_a_new_password_is_shut_out(world: World, program: Program, how: str) -> None:
    if how == "left":
        program.person.is_active = False
        program.person.save()
    else:
        note_password_set(program.person, by_link=False)
    assert program.get("x.ics").status_code == 401


def test_nobody_tries_passwords_by_the_thousand(world: World) -> None:
    for kept in caches.all(initialized_only=True):
        kept.clear()
    found = [status(basic("agent@aurora.example", "filo_no")) for _try in range(122)]
    assert (found[0], found[-1]) == (401, 429)
    for kept in caches.all(initialized_only=True):
        kept.clear()


# --- whose calendar -----------------------------------------------------------------------------------------


def test_another_persons_calendar_is_not_there(world: World, program: Program) -> None:
    teammate = Program(world, "teammate")
    teammate.put("private.ics", event("private", title="Segreto"))
    for path in (teammate.home, teammate.mine, f"/dav/people/{teammate.person.pk}/", f"{teammate.mine}private.ics"):
        for method in ("PROPFIND", "GET", "PUT", "DELETE", "REPORT"):
            assert program.ask(method, path, Depth="0").status_code == 404, (method, path)
    body = (
        f"<C:calendar-multiget {NAMES}><D:prop><C:calendar-data/></D:prop><D:href>{teammate.mine}private.ics</D:href>"
    )
    found = program.many("REPORT", program.mine, f"{body}</C:calendar-multiget>")
    assert (found[f"{teammate.mine}private.ics"][""], "Segreto" in str(found)) == ("HTTP/1.1 404 Not Found", False)
    assert Appointment.objects.get().title == "Segreto"


def test_who_leads_has_his_own_calendar_there_and_not_that_of_his_people(world: World, program: Program) -> None:
    program.put("a.ics", event("a"))
    manager = Program(world, "manager")
    assert (manager.names(), manager.since("")[0], manager.query(ALL)) == ([], [], [])
    facts = {"title": "Per l'agente", "starts_at": at_wall(MONDAY, time(9), ROME)}
    make_appointment(world.principal("manager"), facts, owner_id=program.person.pk)
    assert (len(program.names()), manager.names()) == (2, [])


def test_who_may_see_no_tasks_finds_no_calendar(world: World, program: Program) -> None:
    program.put("a.ics", event("a"))
    role = program.person.role
    role.grants = {"task": dict.fromkeys(("view", "create", "edit", "delete"), "none")}
    role.save()
    assert program.ask("PROPFIND", "/dav/", Depth="0").status_code == 403
    assert program.put("b.ics", event("b")).status_code == 403


# --- what is asked ------------------------------------------------------------------------------------------

ALL = '<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter>'


def within(start: str, end: str, more: str = "") -> str:
    inside = f'<C:time-range start="{start}" end="{end}"/>{more}'
    return f'<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{inside}</C:comp-filter></C:comp-filter>'


def test_what_falls_into_a_stretch_of_time_is_found_also_of_series(program: Program) -> None:
    program.put("once.ics", event("once"))
    program.put("daily.ics", event("daily", "RRULE:FREQ=DAILY;COUNT=10", "EXDATE;TZID=Europe/Rome:20260506T090000"))
    assert program.query(within("20260504T000000Z", "20260505T000000Z")) == ["daily.ics", "once.ics"]
    assert program.query(within("20260506T000000Z", "20260507T000000Z")) == []
    assert program.query(within("20260507T000000Z", "20260508T000000Z")) == ["daily.ics"]
    assert program.query(within("19000101T000000Z", "99991231T000000Z")) == ["daily.ics", "once.ics"]


def test_what_has_a_text_is_found(program: Program) -> None:
    program.put("a.ics", event("uno", title="Campionario"))
    program.put("b.ics", event("due", "LOCATION:Milano"))

    def named(inside: str) -> list[str]:
        return program.query(ALL.replace('"VEVENT"/>', f'"VEVENT">{inside}</C:comp-filter>'))

    assert named('<C:prop-filter name="UID"><C:text-match>uno</C:text-match></C:prop-filter>') == ["a.ics"]
    assert named('<C:prop-filter name="SUMMARY"><C:text-match>CAMP</C:text-match></C:prop-filter>') == ["a.ics"]
    assert named('<C:prop-filter name="LOCATION"><C:is-not-defined/></C:prop-filter>') == ["a.ics"]
    negated = '<C:prop-filter name="UID"><C:text-match negate-condition="yes">uno</C:text-match></C:prop-filter>'
    assert named(negated) == ["b.ics"]
    assert program.query(ALL.replace("VEVENT", "VTODO")) == []


@pytest.mark.parametrize(
    ("inside", "condition"),
    [
        ("", b"supported-filter"),
        ('<C:comp-filter name="VEVENT"/>', b"supported-filter"),
        (ALL.replace('"VEVENT"/>', '"VEVENT"><C:comp-filter name="VALARM"/></C:comp-filter>'), b"supported-filter"),
        (within("x", "y"), b"valid-calendar-data"),
    ],
)
def test_a_question_that_is_not_answered_is_refused_by_name(program: Program, inside: str, condition: bytes) -> None:
    body = f"<C:calendar-query {NAMES}><D:prop><D:getetag/></D:prop><C:filter>{inside}</C:filter></C:calendar-query>"
    answer = program.ask("REPORT", program.mine, body)
    assert (answer.status_code, condition in answer.content) == (403, True), answer.content


def test_files_are_given_by_their_addresses_and_what_is_not_there_is_told(program: Program) -> None:
    program.put("a b.ics", event("a"))
    hrefs = f"<D:href>{program.mine}a%20b.ics</D:href><D:href>{program.mine}no.ics</D:href><D:href>://[</D:href>"
    body = f"<C:calendar-multiget {NAMES}><D:prop><D:getetag/><C:calendar-data/></D:prop>{hrefs}</C:calendar-multiget>"
    found = program.many("REPORT", program.mine, body)
    there = found[f"{program.mine}a%20b.ics"]
    assert there[f"{D}getetag"].text == program.etag("a%20b.ics")
    assert "SUMMARY:Riunione" in there[f"{C}calendar-data"].text
    assert [found[href][""] for href in (f"{program.mine}no.ics", "://[")] == ["HTTP/1.1 404 Not Found"] * 2


@pytest.mark.parametrize(
    "token", ["x", "urn:filo:calendar:99999999999999999:0", "urn:filo:calendar:-1:0", "urn:filo:calendar:²:0"]
)
def test_a_token_that_never_was_asks_to_read_anew(program: Program, token: str) -> None:
    body = f"<D:sync-collection {NAMES}><D:sync-token>{token}</D:sync-token></D:sync-collection>"
    answer = program.ask("REPORT", program.mine, body)
    assert (answer.status_code, b"valid-sync-token" in answer.content) == (403, True)


def test_the_tag_of_a_calendar_changes_with_what_stands_in_it(world: World, program: Program) -> None:
    def tags() -> list[str]:
        found = program.properties(program.home, "CS:getctag", depth="1")
        return [found[path]["{http://calendarserver.org/ns/}getctag"].text for path in (program.mine, program.others)]

    with clock.at(datetime(2026, 5, 4, 6, tzinfo=UTC)):
        first = tags()
        assert tags() == first
        program.put("a.ics", event("a"))
        second = tags()
        add_task(world.principal("agent"), title="Richiamare", due_on=MONDAY)
        third = tags()
    assert [a != b for a, b in zip(first, second, strict=True)] == [True, False]
    assert [a != b for a, b in zip(second, third, strict=True)] == [False, True]


def test_everything_else_that_is_due_is_only_read(world: World, program: Program) -> None:
    agent = world.principal("agent")
    with clock.at(datetime(2026, 5, 4, 6, tzinfo=UTC)):
        task = add_task(agent, title="Mandare i campioni", due_on=MONDAY, party=world.parties["own"])
        do_task(agent, add_task(agent, title="Fatto", due_on=MONDAY))
        add_task(world.principal("teammate"), title="Di un altro", due_on=MONDAY)
        at = at_wall(date(2026, 4, 30), time(11), ROME)
        log_interaction(agent, world.parties["own"], channel="meeting", subject="Visita", at=at, minutes=45)
        program.put("a.ics", event("a"))
        names = program.names(program.others)
        assert [name.split("-")[0] for name in names] == ["interactions", "interactions", "tasks"]
        path = f"{program.others}tasks-{task.pk}.ics"
        answer = program.ask("GET", path)
        text = answer.content.decode()
        wanted = ("DTSTART;VALUE=DATE:20260504", "SUMMARY:Mandare i campioni · Lanificio Bassi S.r.l.")
        assert all(line in text for line in wanted), text
        assert program.query(within("20260504T000000Z", "20260505T000000Z"), path=program.others) == names[2:]
        for method in ("PUT", "DELETE"):
            refusal = program.ask(method, path, If_Match=answer["ETag"])
            assert (refusal.status_code, b"need-privileges" in refusal.content) == (403, True)
        found = program.properties(program.home, "D:current-user-privilege-set", "D:sync-token", depth="1")
    allowed = {
        path: [one[0].tag for one in found[path][f"{D}current-user-privilege-set"]]
        for path in (program.mine, program.others)
    }
    assert [f"{D}write-content" in names for names in allowed.values()] == [True, False]
    assert [f"{D}sync-token" in found[path] for path in allowed] == [True, False]


def test_names_and_colours_are_the_programs_own(program: Program) -> None:
    inside = "<D:set><D:prop><D:displayname>Mio</D:displayname></D:prop></D:set>"
    body = f"<D:propertyupdate {NAMES}>{inside}</D:propertyupdate>"
    answer = program.ask("PROPPATCH", program.mine, body)
    assert (answer.status_code, b"403 Forbidden" in answer.content) == (207, True)
    assert program.properties(program.mine, "D:displayname")[program.mine][f"{D}displayname"].text == "Filo: Agent"


def test_all_that_is_known_and_its_names_are_told(program: Program) -> None:
    program.put("a.ics", event("a"))
    for inside in (
        "",
        f"<D:propfind {NAMES}><D:allprop/></D:propfind>",
        f"<D:propfind {NAMES}><D:propname/></D:propfind>",
    ):
        found = program.many("PROPFIND", program.mine, inside, Depth="1")
        assert {f"{D}resourcetype", f"{D}displayname"} <= set(found[program.mine])
        assert f"{D}getetag" in found[f"{program.mine}a.ics"]
    unknown = program.ask(
        "PROPFIND", program.mine, f"<D:propfind {NAMES}><D:prop><D:quota/></D:prop></D:propfind>", Depth="0"
    )
    assert b"404 Not Found" in unknown.content


def test_what_it_can_do_is_told(program: Program) -> None:
    answer = program.ask("OPTIONS", program.mine)
    assert (answer.status_code, answer["DAV"]) == (200, "1, 3, calendar-access")
    assert answer["Allow"] == "OPTIONS, GET, HEAD, PUT, DELETE, PROPFIND, PROPPATCH, REPORT"
    head = program.ask("HEAD", program.mine)
    assert (head.status_code, head["Cache-Control"], head.content) == (200, "private, no-cache", b"")


# --- what is refused ----------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (f"{BOMB}<D:propfind {NAMES}><D:prop><D:displayname>&b;</D:displayname></D:prop></D:propfind>", 400),
        (f'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><D:propfind {NAMES}/>', 400),
        (f"<!DOCTYPE x><D:propfind {NAMES}/>", 400),
        ('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><D:propfind xmlns:D="DAV:">&f;</D:propfind>', 400),
        ("<D:propfind", 400),
        ("x", 400),
        ("<a>" * 5000 + "</a>" * 5000, 400),
        ("x" * 1_100_000, 413),
    ],
)
def test_xml_that_is_unsafe_unreadable_or_too_long_is_refused(program: Program, body: str, status: int) -> None:
    for method in ("PROPFIND", "REPORT", "PROPPATCH"):
        answer = program.ask(method, program.mine, body, Depth="0")
        assert answer.status_code == status, (method, answer.content[:200])


def test_more_is_asked_than_anybody_would(program: Program) -> None:
    many = f"<D:propfind {NAMES}><D:prop>{'<D:x/>' * 101}</D:prop></D:propfind>"
    assert program.ask("PROPFIND", program.mine, many, Depth="0").status_code == 400


def test_an_entity_in_another_encoding_is_refused_too(program: Program) -> None:
    body = f'<?xml version="1.0" encoding="utf-16"?>{BOMB}<D:propfind {NAMES}/>'.encode("utf-16")
    answer = program.ask("PROPFIND", "/dav/", body, Depth="0")
    assert (answer.status_code, b"sentence" in answer.content) == (400, True)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("MKCALENDAR", "new/", 405),
        ("MKCOL", "new/", 405),
        ("MOVE", "appointments/a.ics", 405),
        ("COPY", "appointments/a.ics", 405),
        ("LOCK", "appointments/a.ics", 405),
        ("POST", "appointments/", 405),
        ("PUT", "appointments/", 403),
        ("DELETE", "appointments/", 403),
        ("DELETE", "", 403),
        ("PUT", "new/a.ics", 404),
        ("PUT", "appointments/a/b.ics", 404),
        ("PUT", f"appointments/{'a' * 300}.ics", 403),
        ("PROPFIND", "../../login", 404),
        ("GET", "appointments/no.ics", 404),
        ("PROPFIND", "appointments/no.ics", 404),
        ("REPORT", "", 403),
    ],
)
def test_what_cannot_be_done_says_so(program: Program, method: str, path: str, status: int) -> None:
    answer = program.ask(method, f"{program.home}{path}", Depth="0")
    assert answer.status_code == status, answer.content[:200]
    assert not Appointment.objects.exists()


def test_everything_below_at_once_is_not_told(program: Program) -> None:
    for headers in ({}, {"Depth": "infinity"}):
        answer = program.ask("PROPFIND", "/dav/", **headers)
        assert (answer.status_code, b"propfind-finite-depth" in answer.content) == (403, True)


# --- the page -----------------------------------------------------------------------------------------------


def test_the_page_makes_a_password_shows_it_once_and_ends_it(world: World, client_of: ClientOf) -> None:
    client, address = client_of("agent"), reverse("caldav:programs")
    page = client.post(address, {"label": "iPhone di Anna"}).content.decode()
    secret = page.split('<code class="secret">')[1].split("</code>")[0]
    assert status(basic(world.people["agent"].email, secret)) == 207
    again = client.get(address).content.decode()
    assert (secret in again, "iPhone di Anna" in again, world.people["agent"].email in again) == (False, True, True)
    token = ApiToken.objects.get()
    assert client_of("teammate").post(f"/calendar/programs/{token.pk}/end").status_code == 404
    assert client.post(f"/calendar/programs/{token.pk}/end").status_code == 302
    assert status(basic(world.people["agent"].email, secret)) == 401
    assert client.post(address, {"label": ""}).status_code == 422


def test_the_way_to_it_stands_beside_the_secret_address(client_of: ClientOf) -> None:
    assert "/calendar/programs" in client_of("agent").get("/calendar/feed").content.decode()
