"""The way back in: one mail, one link, once, to the configured address only; nobody learns who works here."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from filo.foundation.accounts.models import SecurityEvent
from filo.foundation.accounts.tests.door import choose_password, is_inside, last_link, sign_in
from filo.foundation.mail.models import OutgoingMail
from filo.testing.world import World

AGENT = "agent@aurora.example"
NEW = "una-parola-nuova-7"


def ask(client: Client, email: str, **headers: str) -> Any:
    """Ask for a link."""
    return client.post("/password/reset", {"email": email}, **headers)  # type: ignore[arg-type]


def test_the_link_works_once_and_closes_every_session(world: World) -> None:
    inside = Client()
    sign_in(inside, AGENT)
    ask(Client(), AGENT)
    link = last_link()
    assert choose_password(Client(), link, NEW).status_code == 302
    assert not is_inside(inside)
    assert sign_in(Client(), AGENT, NEW).status_code == 302
    again: Any = Client().get(link)
    assert again.status_code == 200
    assert 'name="password1"' not in again.content.decode()
    assert sign_in(Client(), AGENT, "a-long-enough-word").status_code == 200
    assert SecurityEvent.objects.filter(kind="password-reset", user=world.people["agent"]).count() == 1


def test_a_weak_password_is_refused_and_the_link_still_works(world: World) -> None:
    ask(Client(), AGENT)
    client = Client()
    assert choose_password(client, last_link(), "password").status_code == 200
    assert choose_password(client, last_link(), NEW).status_code == 302


def test_an_unknown_address_is_told_the_same_and_gets_no_mail(world: World) -> None:
    known, unknown = ask(Client(), AGENT), ask(Client(), "nobody@aurora.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to for mail in OutgoingMail.objects.all()] == [AGENT]


def test_whose_access_is_closed_gets_no_link(world: World) -> None:
    world.people["agent"].is_active = False
    world.people["agent"].save()
    ask(Client(), AGENT)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_HOST": "evil.example"},
        {"HTTP_HOST": "localhost@evil.example"},
        {"HTTP_HOST": "localhost:80@evil.example"},
        {"HTTP_HOST": "evil.example:8000"},
        {"HTTP_HOST": "localhost.evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_HOST": "localhost"},
        {"HTTP_FORWARDED": "host=evil.example"},
        {"HTTP_X_HOST": "evil.example"},
        {"HTTP_X_FORWARDED_SERVER": "evil.example"},
        {"HTTP_X_ORIGINAL_URL": "http://evil.example/"},
        {"HTTP_ORIGIN": "http://evil.example"},
    ],
)
def test_a_forged_host_never_gets_into_the_mail(world: World, headers: dict[str, str]) -> None:
    answer = ask(Client(), AGENT, **headers)
    mails = list(OutgoingMail.objects.all())
    assert answer.status_code in (302, 400, 403)
    assert len(mails) == (1 if answer.status_code == 302 else 0)
    for mail in mails:
        assert "evil" not in f"{mail.subject}{mail.text}{mail.headers}{mail.message_id}"
        assert "https://crm.example.it/password/reset/key/" in mail.text


def test_a_changed_link_opens_nothing(world: World) -> None:
    ask(Client(), AGENT)
    link = last_link()
    for place in range(len(link) - 30, len(link) - 2, 5):
        letter = "x" if link[place] != "x" else "y"
        answer: Any = Client().get(f"{link[:place]}{letter}{link[place + 1 :]}", follow=True)
        assert 'name="password1"' not in answer.content.decode()


def test_links_cannot_be_asked_for_without_end(world: World) -> None:
    answers = [ask(Client(), AGENT).status_code for _time in range(7)]
    assert answers == [302] * 5 + [429] * 2
    assert OutgoingMail.objects.count() == 5
