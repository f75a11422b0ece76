"""Who calls: a living token of an active person, and with it only what its scopes say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from filo.foundation import clock
from filo.foundation.accounts.models import ApiToken, User
from filo.testing.api import api_of, client, token_of
from filo.testing.world import World


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Bearer nothing", "Basic YTpi", "Bearer é", "Bearer " + "x" * 5000]
)
def test_without_a_known_token_nothing_is_told(world: World, authorization: str) -> None:
    answer = client().read("/parties", Authorization=authorization)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="Filo"'
    assert answer.json()["code"] == "unauthenticated"
    assert answer.json()["detail"] == "Send a valid token: Authorization: Bearer TOKEN."


def test_a_session_is_no_token(world: World) -> None:
    browser = Client()
    browser.force_login(world.people["admin"])
    assert browser.get("/api/v1/parties").status_code == 401


def test_a_revoked_token_ends_at_once(world: World) -> None:
    api = api_of(world, "agent")
    assert api.read("/me").status_code == 200
    ApiToken.objects.update(revoked_at=clock.now())
    assert api.read("/me").status_code == 401


def test_an_expired_token_is_refused(world: World) -> None:
    expired = token_of(world, "agent", expires_at=clock.now() - timedelta(seconds=1))
    living = token_of(world, "agent", expires_at=clock.now() + timedelta(hours=1))
    assert client(expired).read("/me").status_code == 401
    assert client(living).read("/me").status_code == 200


def test_the_token_of_somebody_who_left_is_refused(world: World) -> None:
    api = api_of(world, "agent")
    User.objects.filter(pk=world.people["agent"].pk).update(is_active=False)
    assert api.read("/me").status_code == 401


def test_a_token_without_the_scope_is_told_which_one_it_lacks(world: World) -> None:
    api = api_of(world, "admin", scopes=["party:read"])
    assert api.read("/parties").status_code == 200
    refused = api.send("/parties", {"kind": "person", "family_name": "Rossi"})
    assert refused.status_code == 403
    assert refused.json()["code"] == "scope-missing"
    assert refused.json()["scope"] == "party:write"
    assert refused.json()["detail"] == "This token lacks the scope “party:write”."
    assert api.read("/interactions").json()["scope"] == "interaction:read"
    assert api.read("/tasks").json()["scope"] == "task:read"
    assert api.read("/users").json()["scope"] == "user:read"


def test_writing_does_not_include_reading(world: World) -> None:
    api = api_of(world, "admin", scopes=["party:write"])
    assert api.read("/parties").json()["scope"] == "party:read"


def test_a_token_never_reaches_further_than_its_person(world: World) -> None:
    refused = api_of(world, "agent").remove(f"/parties/{world.parties['own'].id}")
    assert refused.status_code == 403
    assert refused.json()["code"] == "forbidden"


def test_the_use_of_a_token_is_noted_once_a_minute(world: World) -> None:
    api = api_of(world, "agent")
    begin = clock.now()
    moments = []
    for seconds in (0, 59, 60):
        with clock.at(begin + timedelta(seconds=seconds)):
            api.read("/me")
        used = ApiToken.objects.get().used_at
        assert used is not None
        moments.append((used - begin).total_seconds())
    assert moments == [0, 0, 60]
