"""Sessions and tokens end with what they rest on: password, second factor, rights, access; and rights hold at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import caches
from django.test import Client
from pytest_django import Settings

from filo.foundation.access.models import Role
from filo.foundation.accounts.counters import SharedCounters, forget_what_ran_out
from filo.foundation.accounts.door import set_password_link
from filo.foundation.accounts.models import AttemptCount, SecurityEvent, User, UserSession
from filo.foundation.accounts.roles import edit_role
from filo.foundation.accounts.services import edit_person
from filo.foundation.accounts.tests.door import choose_password, is_inside, sign_in, with_app
from filo.testing.api import api_of
from filo.testing.world import World

AGENT = "agent@aurora.example"
NEW = {"old_password": "a-long-enough-word", "new_password1": "un-altra-parola-9", "new_password2": "un-altra-parola-9"}
pytestmark = pytest.mark.usefixtures("steady_clock")


def two_sessions() -> tuple[Client, Client]:
    """The same person in two browsers."""
    here, there = Client(), Client()
    sign_in(here, AGENT)
    sign_in(there, AGENT)
    return here, there


def test_a_new_password_gives_the_session_another_key_and_ends_the_tokens(world: World) -> None:
    here, there = two_sessions()
    api, before = api_of(world, "agent"), here.session.session_key
    here.post("/me/password", NEW)
    assert here.session.session_key != before
    assert UserSession.objects.get().session_key == here.session.session_key
    assert not is_inside(there)
    assert api.read("/me").status_code == 401
    assert SecurityEvent.objects.filter(kind="token-revoked").count() == 1
    assert SecurityEvent.objects.filter(kind="signed-in").count() == 2


def test_tokens_go_on_when_one_says_so(world: World) -> None:
    here, _there = two_sessions()
    api = api_of(world, "agent")
    here.post("/me/password", NEW | {"keep_tokens": "on"})
    assert api.read("/me").status_code == 200


def test_a_password_by_link_ends_sessions_and_tokens(world: World) -> None:
    here, there = two_sessions()
    api = api_of(world, "agent")
    link = set_password_link(User.objects.get(email=AGENT)).removeprefix("https://crm.example.it")
    choose_password(Client(), link, "un-altra-parola-9")
    assert not is_inside(here)
    assert not is_inside(there)
    assert api.read("/me").status_code == 401


def test_a_removed_second_factor_ends_the_other_sessions(world: World) -> None:
    here, _secret, _codes = with_app(AGENT)
    there = Client()
    there.force_login(world.people["agent"])
    UserSession.objects.create(
        user=world.people["agent"], session_key=there.session.session_key or "", seen_at="2026-01-01T00:00Z"
    )
    before = here.session.session_key
    here.post(f"/me/security/factors/{Authenticator.objects.get(type='totp').pk}/remove")
    assert is_inside(here)
    assert here.session.session_key != before
    assert not is_inside(there)


def test_all_the_others_are_closed_at_a_word(world: World) -> None:
    here, there = two_sessions()
    assert here.post("/me/sessions/close").status_code == 302
    assert is_inside(here)
    assert not is_inside(there)
    assert SecurityEvent.objects.filter(kind="sessions-closed").count() == 1


def test_closed_access_ends_sessions_and_tokens_for_good(world: World) -> None:
    here, _there = two_sessions()
    api, agent = api_of(world, "agent"), User.objects.get(email=AGENT)
    closed = edit_person(world.principal("admin"), agent, version=agent.version, is_active=False)
    assert not is_inside(here)
    assert api.read("/me").status_code == 401
    edit_person(world.principal("admin"), closed, version=closed.version, is_active=True)
    assert not is_inside(here)
    assert api.read("/me").status_code == 401


def _to_another_unit(world: World) -> dict[str, object]:
    return {"unit": world.units["sud"]}


def _to_another_role(world: World) -> dict[str, object]:
    return {"role": Role.objects.get(code="researcher")}


def _to_another_company(world: World) -> dict[str, object]:
    return {"companies": [world.companies["casa"]]}


@pytest.mark.parametrize("change", [_to_another_unit, _to_another_role, _to_another_company])
def test_moved_people_sign_in_anew_and_a_token_sees_what_they_see_now(
    world: World, change: Callable[[World], dict[str, object]]
) -> None:
    here, _there = two_sessions()
    api, agent = api_of(world, "agent"), User.objects.get(email=AGENT)
    before = api.read("/me").json()
    edit_person(world.principal("admin"), agent, version=agent.version, **change(world))  # type: ignore[arg-type]
    assert not is_inside(here)
    assert api.read("/me").json() != before
    again = Client()
    assert sign_in(again, AGENT).status_code == 302
    assert is_inside(again)


def test_what_a_role_loses_is_lost_in_open_sessions_at_the_next_click(world: World) -> None:
    here, _there = two_sessions()
    api, role = api_of(world, "agent"), Role.objects.get(code="agent")
    assert here.get("/parties").status_code == 200
    grants = {"party": {"view": "none"}}
    edit_role(
        world.principal("admin"),
        role,
        version=role.version,
        names=(role.name_it, role.name_en),
        grants=grants,
        masks={},
    )
    assert here.get("/parties").status_code == 403
    assert api.read("/parties").status_code == 403
    assert is_inside(here)


def test_guesses_are_counted_for_all_processes(world: World, settings: Settings) -> None:
    assert isinstance(caches["default"], SharedCounters)
    for _attempt in range(5):
        sign_in(Client(), AGENT, "not-the-password")
    assert AttemptCount.objects.filter(key__contains="login_failed").exists()
    another = SharedCounters("", {})  # as another process makes its own
    assert another.get(AttemptCount.objects.filter(key__contains="login_failed").values_list("key", flat=True)[0][3:])
    client = Client()
    sign_in(client, AGENT)
    assert not is_inside(client)


def test_a_count_is_a_small_cache(world: World) -> None:
    counts = SharedCounters("", {})
    assert counts.add("a", [1.5], 60)
    assert not counts.add("a", 2, 60)
    assert counts.get("a") == [1.5]
    counts.set("b", 1, 60)
    assert counts.incr("b") == 2
    with pytest.raises(ValueError, match="c"):
        counts.incr("c")
    counts.set("gone", 1, -1)
    assert counts.get("gone", "nothing") == "nothing"
    assert counts.add("gone", 3, -1)
    assert forget_what_ran_out() == 1
    assert counts.delete("a")
    assert not counts.delete("a")
    assert counts.touch("b", 90)
    counts.clear()
    assert counts.get("b") is None


@pytest.mark.parametrize(
    ("zone", "status"), [("America/New_York", 302), ("Mars/Base", 422), ("Europe/Rome ", 422), ("", 422)]
)
def test_a_time_zone_is_one_of_the_list(world: World, zone: str, status: int) -> None:
    client = Client()
    client.force_login(world.people["agent"])
    typed = {"language": "it", "theme": "auto", "density": "airy", "time_zone": zone}
    answer = client.post("/me", typed)
    assert answer.status_code == status
    if status == 302:
        assert User.objects.get(email=AGENT).time_zone == zone
    elif zone:
        assert "Questo fuso orario non esiste" in answer.content.decode()
