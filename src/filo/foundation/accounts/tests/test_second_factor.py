"""A second factor: switched on with a code, asked for at the sign-in, each code once, and kept under a key."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client

from filo.foundation import clock
from filo.foundation.accounts.factors.codes import use_code
from filo.foundation.accounts.models import SecurityEvent, User, UserSession
from filo.foundation.accounts.tests.door import choose_password, code_of, is_inside, sign_in, with_app
from filo.foundation.mail.models import OutgoingMail
from filo.testing.world import World, build_world

AGENT = "agent@aurora.example"
pytestmark = pytest.mark.usefixtures("steady_clock")


def half_way(email: str = AGENT) -> Client:
    """A browser that gave the password and is asked for more."""
    client = Client()
    assert sign_in(client, email).headers["Location"] == "/login/second"
    return client


def kinds_of(user: User) -> list[str]:
    """What happened at somebody's door, the oldest first."""
    return list(SecurityEvent.objects.filter(user=user).order_by("id").values_list("kind", flat=True))


def test_the_password_alone_is_half_the_way(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)
    client = half_way()
    assert not is_inside(client)
    assert client.get("/parties").status_code == 302
    before = client.session.session_key
    client = half_way()
    assert client.post("/login/second", {"code": code_of(secret)}).headers["Location"] == "/"
    assert is_inside(client)
    assert client.session.session_key != before
    assert SecurityEvent.objects.filter(kind="signed-in", detail="app").count() == 1


def test_a_code_opens_once(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)
    code = code_of(secret)
    assert half_way().post("/login/second", {"code": f" {code[:3]} {code[3:]} "}).status_code == 302
    second = half_way()
    again: Any = second.post("/login/second", {"code": code})
    assert again.status_code == 422
    assert not is_inside(second)
    assert kinds_of(world.people["agent"])[-1] == "second-factor-refused"


def test_the_code_that_switched_it_on_is_spent_and_older_ones_too(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)  # with the code of the half-minute before
    agent = world.people["agent"]
    assert use_code(agent, code_of(secret, ahead=-1)) is None
    assert use_code(agent, code_of(secret, ahead=1)) is not None
    assert use_code(agent, code_of(secret)) is None
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert use_code(agent, code_of(secret, ahead=-2)) is None
        assert use_code(agent, code_of(secret, ahead=2)) is None
        assert use_code(agent, code_of(secret)) is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_requests_with_one_code_one_gets_in() -> None:
    agent = build_world().people["agent"]
    client, secret, codes = with_app(AGENT)
    del client
    for code in (code_of(secret), codes[0]):
        found: list[Any] = []
        start = threading.Barrier(4)

        def knock(code: str = code, found: list[Any] = found, start: threading.Barrier = start) -> None:
            start.wait()
            try:
                found.append(use_code(agent, code))
            finally:
                connection.close()

        threads = [threading.Thread(target=knock) for _one in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(found) == 4
        assert [one is not None for one in found].count(True) == 1


def test_a_recovery_code_opens_once_and_is_counted(world: World) -> None:
    inside, _secret, codes = with_app(AGENT)
    assert len(codes) == 10
    assert half_way().post("/login/second", {"code": codes[0]}).status_code == 302
    assert half_way().post("/login/second", {"code": codes[0]}).status_code == 422
    assert "recovery-code-used" in kinds_of(world.people["agent"])
    assert "9 codici" in inside.get("/me/security").content.decode()
    for code in codes[1:8]:
        assert use_code(world.people["agent"], code) is not None
    assert "solo 2 codici" in inside.get("/me/security").content.decode()


def test_recovery_codes_are_shown_once_and_new_ones_end_the_old(world: World) -> None:
    inside, _secret, codes = with_app(AGENT)
    assert all(code not in inside.get("/me/security").content.decode() for code in codes)
    shown = inside.post("/me/security/codes").content.decode()
    assert codes[0] not in shown
    assert use_code(world.people["agent"], codes[0]) is None
    assert kinds_of(world.people["agent"])[-1] == "recovery-codes-made"


def test_after_five_wrong_codes_even_the_right_one_waits(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)
    client = half_way()
    for _attempt in range(5):
        assert client.post("/login/second", {"code": "000 000"}).status_code == 422
    refused: Any = client.post("/login/second", {"code": code_of(secret)})
    assert refused.status_code == 422
    assert "Troppi" in refused.content.decode()
    assert not is_inside(client)


def test_a_wrong_code_switches_nothing_on(world: World) -> None:
    client = Client()
    sign_in(client, AGENT)
    client.get("/me/security/app")
    assert client.post("/me/security/app", {"code": "000000"}).status_code == 422
    assert not Authenticator.objects.exists()


def test_the_database_alone_tells_no_code(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert kept.startswith("gAAAA")


def test_the_owner_hears_of_every_change(world: World) -> None:
    inside, _secret, _codes = with_app(AGENT)
    app = Authenticator.objects.get(type="totp")
    assert inside.post(f"/me/security/factors/{app.pk}/remove").status_code == 302
    texts = [mail.text for mail in OutgoingMail.objects.filter(to=AGENT).order_by("id")]
    assert len(texts) == 2
    assert "attivata" in texts[0]
    assert kinds_of(world.people["agent"])[-2:] == ["app-added", "app-removed"]


def test_without_any_second_factor_there_are_no_recovery_codes(world: World) -> None:
    inside, _secret, codes = with_app(AGENT)
    app = Authenticator.objects.get(type="totp")
    inside.post(f"/me/security/factors/{app.pk}/remove")
    assert not Authenticator.objects.exists()
    assert inside.post("/me/security/codes").status_code == 409
    client = Client()
    assert sign_in(client, AGENT).headers["Location"] == "/"
    assert use_code(world.people["agent"], codes[0]) is None


def test_nobody_touches_anothers_factors(world: World) -> None:
    with_app(AGENT)
    app = Authenticator.objects.get(type="totp")
    other = Client()
    sign_in(other, "admin@aurora.example")
    assert other.post(f"/me/security/factors/{app.pk}/remove").status_code == 404
    assert other.post(f"/me/security/passkeys/{app.pk}", {"name": "mine"}).status_code == 404
    assert Authenticator.objects.filter(pk=app.pk).exists()


def test_half_the_way_ends_when_the_password_changes(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)
    client, agent = half_way(), User.objects.get(email=AGENT)
    agent.set_password("un-altra-parola-9")
    agent.save()
    assert client.post("/login/second", {"code": code_of(secret)}).headers["Location"] == "/login"
    assert not is_inside(client)


def test_half_the_way_ends_when_the_access_is_closed(world: World) -> None:
    _inside, secret, _codes = with_app(AGENT)
    client = half_way()
    User.objects.filter(email=AGENT).update(is_active=False)
    client.post("/login/second", {"code": code_of(secret)})
    assert not is_inside(client)
    assert UserSession.objects.filter(user__email=AGENT).count() == 1  # the one that set it up


def test_a_new_password_by_link_still_asks_for_the_second_factor(world: World) -> None:
    from filo.foundation.accounts.door import set_password_link

    with_app(AGENT)
    link = set_password_link(User.objects.get(email=AGENT)).removeprefix("https://crm.example.it")
    choose_password(Client(), link, "un-altra-parola-9")
    assert sign_in(Client(), AGENT, "un-altra-parola-9").headers["Location"] == "/login/second"


def test_a_change_asks_who_one_is_when_the_sign_in_was_long_ago(world: World) -> None:
    inside, secret, _codes = with_app(AGENT)
    session = inside.session
    session["account_authentication_methods"] = [{"method": "password", "at": 1.0}]
    session.save()
    app = Authenticator.objects.get(type="totp")
    asked = inside.post(f"/me/security/factors/{app.pk}/remove")
    assert asked.headers["Location"] == "/me/security/again?next=%2Fme%2Fsecurity"
    assert inside.get("/me/security/passkeys/new").status_code == 302
    assert inside.get("/me/security/passkeys/options").status_code == 302
    assert Authenticator.objects.filter(pk=app.pk).exists()
    by_password = inside.post("/me/security/again", {"password": "a-long-enough-word"})
    assert by_password.status_code == 422  # with a second factor it is the second factor that is asked
    done = inside.post("/me/security/again", {"code": code_of(secret), "next": "/me/security"})
    assert done.headers["Location"] == "/me/security"
    assert inside.post(f"/me/security/factors/{app.pk}/remove").headers["Location"] == "/me/security"


def test_who_has_none_proves_it_with_the_password(world: World, client: Client) -> None:
    client.force_login(world.people["agent"])
    assert client.get("/me/security/app").headers["Location"].startswith("/me/security/again")
    assert client.post("/me/security/again", {"password": "wrong"}).status_code == 422
    sent = client.post("/me/security/again", {"password": "a-long-enough-word", "next": "//evil.example"})
    assert sent.headers["Location"] == "/me/security"
    assert client.get("/me/security/app").status_code == 200


@pytest.mark.parametrize(
    "answer", ["", "x", "{}", "[]", '"x"', "null", '{"id": "x", "response": {}}', '{"response": 7}']
)
def test_nonsense_is_no_passkey(world: World, answer: str) -> None:
    client = Client()
    assert client.get("/login/passkey").json()["publicKey"]["userVerification"] == "required"
    refused = client.post("/login/passkey", {"credential": answer})
    assert (refused.status_code, refused.headers["Location"]) == (302, "/login")
    with_app(AGENT)
    second = half_way()
    second.get("/login/second/passkey")
    assert second.post("/login/second", {"credential": answer}).status_code == 422
    inside = Client()
    sign_in(inside, "boss@aurora.example")
    inside.get("/me/security/passkeys/options")
    assert inside.post("/me/security/passkeys/new", {"credential": answer, "name": "x"}).status_code == 422
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_the_second_step_is_nowhere_without_the_first(client: Client, world: World) -> None:
    for address in ("/login/second", "/login/second/passkey"):
        assert client.get(address).headers["Location"] == "/login"
    assert client.post("/login/second", {"code": "000000"}).headers["Location"] == "/login"


def test_one_may_begin_anew(world: World) -> None:
    with_app(AGENT)
    client = half_way()
    assert client.post("/login/second", {"begin_anew": "1"}).headers["Location"] == "/login"
    assert client.get("/login/second").headers["Location"] == "/login"
