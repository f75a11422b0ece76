"""A role that needs a second factor: every door leads to it, with time to spare if so said; a lost one is reset."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.principal import system
from filo.foundation.accounts.models import ApiToken, SecondFactorRule, SecurityEvent, User
from filo.foundation.accounts.panels import _identify
from filo.foundation.accounts.rules import ask_second_factor_of, reset_second_factor
from filo.foundation.accounts.tests.door import code_of, is_inside, set_up_app, sign_in, with_app
from filo.foundation.audit.models import AuditEntry
from filo.foundation.errors import DomainError, Forbidden
from filo.foundation.mail.models import OutgoingMail
from filo.testing.api import api_of
from filo.testing.clients import CheckedClient
from filo.testing.forms import values_of
from filo.testing.world import World

AGENT, ADMIN = "agent@aurora.example", "admin@aurora.example"
SECURITY = "/me/security"
pytestmark = pytest.mark.usefixtures("steady_clock")


def ask_agents(world: World, *, days: int = 0) -> None:
    """From now on agents need a second factor."""
    role = Role.objects.get(code="agent")
    ask_second_factor_of(world.principal("admin"), role, needed=True, grace_days=days)


def test_nothing_is_asked_by_itself(world: World) -> None:
    client = Client()
    sign_in(client, AGENT)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("address", ["/", "/parties", "/tasks", "/me", "/settings/people", "/search?q=a", "/me/tokens"])
def test_every_page_leads_to_the_set_up(world: World, address: str) -> None:
    client = Client()
    sign_in(client, AGENT)
    ask_agents(world)
    assert client.get(address).headers["Location"] == SECURITY
    assert client.post(address).headers["Location"] == SECURITY
    part = client.get(address, headers={"HX-Request": "true"})
    assert (part.status_code, part.headers["HX-Redirect"]) == (403, SECURITY)


def test_the_first_page_reminds_as_long_as_there_is_time(world: World) -> None:
    client = Client()
    sign_in(client, AGENT)
    link = f'<a href="{SECURITY}">'
    assert link not in client.get("/").content.decode()
    ask_agents(world, days=3)
    assert link in client.get("/").content.decode()


def test_the_set_up_opens_everything(world: World) -> None:
    ask_agents(world)
    client = Client()
    assert sign_in(client, AGENT).headers["Location"] == "/"
    page = client.get(SECURITY).content.decode()
    assert 'class="rail"' not in page
    _secret, codes = set_up_app(client)
    assert len(codes) == 10
    assert client.get("/").status_code == 200
    assert is_inside(client)


def test_a_socket_is_a_door_too(world: World) -> None:
    client = Client()
    sign_in(client, AGENT)
    assert _identify(client.session.session_key or "") is not None
    ask_agents(world)
    assert _identify(client.session.session_key or "") is None
    set_up_app(client)
    assert _identify(client.session.session_key or "") is not None


def test_others_are_not_asked(world: World) -> None:
    ask_agents(world)
    client = Client()
    sign_in(client, "manager@aurora.example")
    assert client.get("/").status_code == 200


def test_there_is_time_when_it_was_said(world: World) -> None:
    ask_agents(world, days=3)
    client = Client()
    sign_in(client, AGENT)
    assert client.get("/").status_code == 200
    assert "secondo fattore" in client.get(SECURITY).content.decode()
    with clock.at(clock.now() + timedelta(days=3, seconds=1)):
        assert client.get("/").headers["Location"] == SECURITY
    User.objects.filter(email=AGENT).update(created_at=clock.now() + timedelta(days=1))
    with clock.at(clock.now() + timedelta(days=3, seconds=1)):
        assert client.get("/").status_code == 200  # who comes later has the days too


def test_the_days_are_not_begun_anew(world: World) -> None:
    ask_agents(world, days=3)
    since = SecondFactorRule.objects.get().since
    with clock.at(clock.now() + timedelta(days=2)):
        ask_agents(world, days=1)
    assert SecondFactorRule.objects.get().since == since


def test_tokens_go_on_but_a_new_one_needs_the_second_factor(world: World) -> None:
    api = api_of(world, "agent")
    ask_agents(world, days=9)
    assert api.read("/me").status_code == 200
    client = Client()
    sign_in(client, AGENT)
    refused = client.post("/me/tokens", {"label": "sheet"})
    assert refused.status_code == 409
    assert ApiToken.objects.count() == 1
    set_up_app(client)
    assert client.post("/me/tokens", {"label": "sheet"}).status_code == 200
    SecondFactorRule.objects.update(grace_days=0)
    assert api.read("/me").status_code == 200


def test_the_last_one_stays_where_it_is_needed(world: World) -> None:
    client, _secret, _codes = with_app(AGENT)
    ask_agents(world)
    app = Authenticator.objects.get(type="totp")
    assert client.post(f"/me/security/factors/{app.pk}/remove").status_code == 409
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_administrators_say_it_in_roles(world: World, client_of: Callable[..., CheckedClient]) -> None:
    role, admin = Role.objects.get(code="agent"), client_of("admin")
    path = f"/settings/roles/{role.pk}"

    def form(**changed: str) -> dict[str, str]:
        """The one form of the page with one *Save*, as it stands now."""
        return values_of(admin.get(path).content.decode(), containing="grace_days") | changed

    assert admin.get(path).content.decode().count(">Salva<") == 1
    assert client_of("boss").post(path, form(needed="on", grace_days="7")).status_code == 403
    assert client_of("agent").post(path, form(needed="on")).status_code == 403
    assert admin.post(path, form(needed="on", grace_days="-1", name_it="Venditore")).status_code == 422
    assert Role.objects.get(code="agent").name_it == role.name_it
    assert admin.post(path, form(needed="on", grace_days="7", name_it="Venditore")).status_code == 302
    assert Role.objects.get(code="agent").name_it == "Venditore"
    assert SecondFactorRule.objects.get(role=role).grace_days == 7
    assert "serve il secondo fattore" in admin.get("/settings/roles").content.decode()
    given = form()
    del given["needed"]
    assert admin.post(path, given).status_code == 302
    assert not SecondFactorRule.objects.exists()
    kinds = list(SecurityEvent.objects.order_by("id").values_list("kind", "detail"))
    assert kinds == [("second-factor-asked", "agent"), ("second-factor-free", "agent")]
    assert AuditEntry.objects.filter(action="role.second-factor").count() == 2


def test_people_shows_who_has_one_and_who_lacks_it(world: World, client_of: Callable[..., CheckedClient]) -> None:
    with_app(AGENT)
    ask_agents(world, days=5)
    page = client_of("admin").get("/settings/people").content.decode()
    assert page.count("Secondo fattore mancante") == User.objects.filter(role__code="agent").count() - 1
    assert page.count("shield-check") == 1


def test_a_lost_one_is_taken_away_by_an_administrator(world: World) -> None:
    inside, _secret, codes = with_app(AGENT)
    agent, admin = world.people["agent"], Client()
    sign_in(admin, ADMIN)
    path = f"/settings/people/{agent.pk}/second-factor/reset"
    other = Client()
    sign_in(other, "boss@aurora.example")
    assert other.post(path).status_code == 403
    assert admin.post(path).status_code == 302
    assert not is_inside(inside)
    assert not Authenticator.objects.exists()
    assert SecurityEvent.objects.get(kind="second-factor-reset").user == agent
    assert AuditEntry.objects.filter(action="user.second-factor-reset", object_id=agent.pk).exists()
    assert "Admin" in OutgoingMail.objects.filter(to=AGENT).latest("id").text
    assert sign_in(Client(), AGENT).headers["Location"] == "/"
    assert codes
    assert admin.post(path).status_code == 409


def test_nobody_resets_his_own_without_proving_it(world: World) -> None:
    admin, _secret, _codes = with_app(ADMIN)
    refused = admin.post(f"/settings/people/{world.people['admin'].pk}/second-factor/reset")
    assert refused.status_code == 403
    assert Authenticator.objects.exists()
    with pytest.raises(Forbidden):
        reset_second_factor(world.principal("admin"), world.people["admin"])


def test_the_command_line_helps_the_last_administrator(world: World) -> None:
    with_app(ADMIN)
    reset_second_factor(system("command line"), world.people["admin"])
    assert sign_in(Client(), ADMIN).headers["Location"] == "/"
    with pytest.raises(DomainError):
        reset_second_factor(system("command line"), world.people["admin"])


def test_a_limited_manager_of_people_resets_nobody_above_him(world: World) -> None:
    from filo.foundation.accounts.tests.test_no_more_than_own import people_manager

    with_app(ADMIN)
    with pytest.raises(Forbidden):
        reset_second_factor(people_manager(world), world.people["admin"])


def test_the_second_step_of_who_needs_it_is_the_usual_one(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)
    ask_agents(world)
    client = Client()
    sign_in(client, AGENT)
    done: Any = client.post("/login/second", {"code": code_of(secret)})
    assert done.headers["Location"] == "/"
    assert client.get("/").status_code == 200
