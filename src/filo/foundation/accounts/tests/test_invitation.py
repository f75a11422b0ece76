"""Somebody new is invited by mail and chooses a password; closed and open again with one press."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from filo.foundation.accounts.invitations import invite_again
from filo.foundation.accounts.models import SecurityEvent, User, UserSession
from filo.foundation.accounts.tests.door import choose_password, is_inside, last_link, sign_in
from filo.foundation.errors import DomainError
from filo.foundation.events.models import OutboxEvent
from filo.foundation.mail.models import OutgoingMail
from filo.testing.clients import CheckedClient
from filo.testing.world import World

NEW = "luisa@aurora.example"


def invite(client: CheckedClient, world: World, **facts: object) -> int:
    """Send the form of somebody new; gives the status."""
    role = world.people["agent"].role_id
    asked: dict[str, object] = {"given_name": "Luisa", "family_name": "Neri", "email": NEW, "language": "en"}
    asked |= {"role": str(role), "unit": str(world.units["nord"].pk), "companies": [str(world.companies["moda"].pk)]}
    return int(client.post("/settings/people/new", {**asked, **facts}).status_code)


def test_who_is_invited_chooses_a_password_and_is_in(world: World, client_of: Callable[..., CheckedClient]) -> None:
    assert invite(client_of("admin"), world) == 302
    luisa = User.objects.get(email=NEW)
    assert luisa.is_invited
    assert [company.name for company in luisa.companies.all()] == ["Aurora Moda"]
    mail = OutgoingMail.objects.get()
    assert (mail.to, mail.subject) == (NEW, "Admin invites you to Filo")
    assert OutboxEvent.objects.filter(type="user.invited", subject=luisa.pk).count() == 1
    link = last_link()
    assert choose_password(Client(), link, "una-parola-mia-5").status_code == 302
    client = Client()
    assert sign_in(client, NEW, "una-parola-mia-5").status_code == 302
    assert is_inside(client)
    assert 'name="password1"' not in Client().get(link).content.decode()


def test_an_address_is_taken_once_and_what_was_typed_stays(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    answer = client_of("admin").post(
        "/settings/people/new",
        {
            "given_name": "Ugo",
            "email": "agent@aurora.example",
            "role": str(world.people["agent"].role_id),
            "language": "it",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Ugo"' in page
    assert 'id="id_email_error"' in page
    assert not OutgoingMail.objects.exists()


def test_only_who_may_invites(world: World, client_of: Callable[..., CheckedClient]) -> None:
    for who in ("boss", "manager", "agent"):
        assert invite(client_of(who), world) == 403
    assert not User.objects.filter(email=NEW).exists()


def test_an_invitation_is_sent_again_until_it_is_used(world: World, client_of: Callable[..., CheckedClient]) -> None:
    admin = client_of("admin")
    invite(admin, world)
    luisa = User.objects.get(email=NEW)
    assert admin.post(f"/settings/people/{luisa.pk}/invite").status_code == 302
    assert OutgoingMail.objects.filter(to=NEW).count() == 2
    with pytest.raises(DomainError, check=lambda error: error.code == "not-invited"):
        invite_again(world.principal("admin"), world.people["agent"])


def test_a_closed_access_ends_at_once_and_undo_opens_it(world: World, client_of: Callable[..., CheckedClient]) -> None:
    agent, admin, client = world.people["agent"], client_of("admin"), Client()
    sign_in(client, agent.email)
    answer = admin.post(f"/settings/people/{agent.pk}/close", follow=True)
    reopen = f"/settings/people/{agent.pk}/reopen"
    assert f'action="{reopen}"' in answer.content.decode()
    assert not is_inside(client)
    assert not UserSession.objects.filter(user=agent).exists()
    assert sign_in(Client(), agent.email).status_code == 302  # to the page that says the access is closed
    assert SecurityEvent.objects.filter(kind="access-closed", user=agent).count() == 1
    assert admin.post(reopen).status_code == 302
    again = Client()
    sign_in(again, agent.email)
    assert is_inside(again)


def test_nobody_closes_his_own_access(world: World, client_of: Callable[..., CheckedClient]) -> None:
    admin = world.people["admin"]
    assert client_of("admin").post(f"/settings/people/{admin.pk}/close").status_code == 409
    admin.refresh_from_db()
    assert admin.is_active
