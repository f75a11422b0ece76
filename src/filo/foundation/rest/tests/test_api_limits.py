"""Limits: so many requests a minute for a token, fewer without one, and when to come back."""

from __future__ import annotations

import pytest
import time_machine
from pytest_django import Settings

from filo.testing.api import api_of, client
from filo.testing.world import World


@pytest.fixture
def minute() -> time_machine.travel:
    return time_machine.travel("2026-11-22T10:00:20Z", tick=False)


def test_the_third_of_two_waits_for_the_next_minute(
    world: World, settings: Settings, minute: time_machine.travel
) -> None:
    settings.API_RATE_PER_MINUTE = 2
    with minute as traveller:
        api = api_of(world, "agent")
        answers = [api.read("/me") for _n in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert [answer["X-RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
        assert answers[2]["X-RateLimit-Limit"] == "2"
        assert answers[2]["X-RateLimit-Reset"] == answers[2]["Retry-After"] == "40"
        assert answers[2].json()["code"] == "too-many-requests"
        assert api_of(world, "agent").read("/me").status_code == 200  # another token has its own
        traveller.shift(40)
        assert api.read("/me").status_code == 200


def test_a_refused_request_of_too_many_does_nothing(world: World, settings: Settings) -> None:
    settings.API_RATE_PER_MINUTE = 0
    answer = api_of(world, "agent").send("/tasks", {"title": "Call"}, Idempotency_Key="k")
    assert answer.status_code == 429


def test_tokens_cannot_be_tried_by_the_thousand(world: World, minute: time_machine.travel) -> None:
    with minute:
        answers = [client(f"filo_{n}").read("/me").status_code for n in range(121)]
        assert answers[:120] == [401] * 120
        assert answers[120] == 429
        assert api_of(world, "agent").read("/me").status_code == 200  # a good token from there still works
