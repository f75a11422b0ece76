"""The door: one answer for every refusal, the same work for it, limits, and a new session for each sign-in."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.test import Client
from pytest_django import Settings

from filo.foundation.accounts.models import SecurityEvent, UserSession
from filo.foundation.accounts.tests.door import is_inside, sign_in
from filo.testing.world import World

AGENT = "agent@aurora.example"


class CountingHasher(PBKDF2PasswordHasher):
    """Counts how often a password was hashed, which is what takes the time."""

    algorithm = "counting"
    iterations = 1
    hashed: ClassVar[list[str]] = []

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        self.hashed.append(password)
        return super().encode(password, salt, iterations)

    def harden_runtime(self, password: str, encoded: str) -> None:
        """One iteration each, whatever was stored."""


def test_a_sign_in_opens_a_session_that_its_owner_can_recognise(world: World) -> None:
    client = Client(headers={"User-Agent": "Firefox on a train"})
    assert sign_in(client, " Agent@Aurora.example ").status_code == 302
    assert is_inside(client)
    session = UserSession.objects.get(user=world.people["agent"])
    assert session.user_agent == "Firefox on a train"
    assert SecurityEvent.objects.filter(kind="signed-in", user=world.people["agent"]).count() == 1


def test_the_session_is_another_one_after_the_sign_in(world: World) -> None:
    client = Client()
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    planted = session.session_key
    sign_in(client, AGENT)
    assert client.session.session_key != planted
    thief = Client()
    thief.cookies["filo-session"] = planted or ""
    assert not is_inside(thief)


def refused(client: Client, email: str) -> str:
    """The page of a refused sign-in, without what differs by itself."""
    answer: Any = sign_in(client, email, "not-the-password")
    assert answer.status_code == 200
    page = str(answer.content.decode()).replace(email, "EMAIL")
    return "\n".join(line for line in page.splitlines() if "csrf" not in line)


def test_an_unknown_address_is_answered_as_a_wrong_password_is(world: World) -> None:
    world.people["teammate"].is_active = False
    world.people["teammate"].save()
    known, unknown = refused(Client(), AGENT), refused(Client(), "nobody@aurora.example")
    closed = refused(Client(), "teammate@aurora.example")
    assert known == unknown == closed
    kinds = list(SecurityEvent.objects.order_by("id").values_list("kind", "user__email"))
    assert kinds == [
        ("sign-in-refused", AGENT),
        ("sign-in-refused", None),
        ("sign-in-refused", "teammate@aurora.example"),
    ]


def test_every_refusal_hashes_once(world: World, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    agent, invited = world.people["agent"], world.people["teammate"]
    agent.set_password("the-right-password")
    agent.save()
    invited.set_unusable_password()
    invited.save()
    counts = []
    for email in (AGENT, "nobody@aurora.example", invited.email):
        CountingHasher.hashed.clear()
        sign_in(Client(), email, "not-the-password")
        counts.append(len(CountingHasher.hashed))
    assert counts == [1, 1, 1]


@pytest.mark.parametrize(("language", "sentence"), [("en", "Too many"), ("it", "Troppi")])
def test_after_five_wrong_passwords_even_the_right_one_waits(world: World, language: str, sentence: str) -> None:
    client = Client(headers={"Accept-Language": language})
    for _attempt in range(5):
        sign_in(client, AGENT, "not-the-password")
    answer: Any = sign_in(client, AGENT)
    assert sentence in answer.content.decode()
    assert not is_inside(client)
    assert sign_in(Client(), "teammate@aurora.example").status_code == 302


def test_an_address_that_knocks_too_often_gets_a_page_that_says_so(world: World) -> None:
    client = Client(headers={"Accept-Language": "en"})
    answers = [sign_in(client, f"nobody{n}@aurora.example", "x") for n in range(61)]
    assert [answer.status_code for answer in answers].count(429) == 1
    last: Any = answers[-1]
    assert last.status_code == 429
    assert "Too many attempts" in last.content.decode()


def test_the_limit_counts_the_client_behind_a_trusted_proxy(world: World, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for n in range(25):
        sign_in(Client(headers={"X-Forwarded-For": "203.0.113.7"}), f"nobody{n}@aurora.example", "x")
    other = Client(headers={"X-Forwarded-For": "203.0.113.8"})
    assert sign_in(other, AGENT).status_code == 302
    assert SecurityEvent.objects.filter(ip="203.0.113.7").count() == 20
    assert UserSession.objects.get().ip == "203.0.113.8"


def test_another_password_closes_every_other_session(world: World) -> None:
    here, there = Client(), Client()
    sign_in(here, AGENT)
    sign_in(there, AGENT)
    words = {
        "old_password": "a-long-enough-word",
        "new_password1": "un-altra-parola-9",
        "new_password2": "un-altra-parola-9",
    }
    assert here.post("/me/password", words).status_code == 302
    assert is_inside(here)
    assert not is_inside(there)
    assert UserSession.objects.filter(user=world.people["agent"]).count() == 1
    assert SecurityEvent.objects.filter(kind="password-changed").count() == 1
