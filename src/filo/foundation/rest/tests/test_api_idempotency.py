"""A POST sent twice with one key happens once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import close_old_connections, connection, connections, transaction
from django.test import Client

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.rest.idempotency import _claim, forget_old_records
from filo.foundation.rest.models import IdempotencyRecord
from filo.testing.api import api_of, client, token_of
from filo.testing.world import World, build_world

pytestmark = pytest.mark.urls("filo.foundation.rest.tests.samples")


def kept(text: str) -> int:
    return AuditEntry.objects.filter(action=text).count()


def test_the_same_request_is_answered_again_and_not_done_again(world: World) -> None:
    api = api_of(world, "agent")
    first = api.send("/notes", {"text": "a"}, Idempotency_Key="k1")
    again = api.send("/notes", {"text": "a"}, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again["Location"] == first["Location"] == "/api/v1/notes/1"
    assert again["Content-Type"] == "application/json"
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert kept("a") == 1


def test_without_a_key_it_happens_twice(world: World) -> None:
    api = api_of(world, "agent")
    assert [api.send("/notes", {"text": "a"}).status_code for _n in range(2)] == [201, 201]
    assert kept("a") == 2


@pytest.mark.parametrize(("path", "text"), [("/notes", "b"), ("/refused", "a")])
def test_the_key_of_another_request_is_refused(world: World, path: str, text: str) -> None:
    api = api_of(world, "agent")
    api.send("/notes", {"text": "a"}, Idempotency_Key="k1")
    answer = api.send(path, {"text": text}, Idempotency_Key="k1")
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-key-reused")
    assert kept("b") == 0


def test_a_key_belongs_to_one_token(world: World) -> None:
    for name in ("agent", "agent", "teammate"):
        assert api_of(world, name).send("/notes", {"text": "a"}, Idempotency_Key="k1").status_code == 201
    assert kept("a") == 3


def test_a_refusal_is_kept_and_its_changes_are_not(world: World) -> None:
    api = api_of(world, "agent")
    first = api.send("/refused", {"text": "a"}, Idempotency_Key="k1")
    again = api.send("/refused", {"text": "a"}, Idempotency_Key="k1")
    assert (first.status_code, again.status_code) == (409, 409)
    assert again.content == first.content
    assert again["Content-Type"] == "application/problem+json"
    assert again["Idempotent-Replayed"] == "true"
    assert kept("a") == 0


def test_wrong_fields_are_kept_as_well(world: World) -> None:
    api = api_of(world, "agent")
    answers = [api.send("/notes", {"texts": "a"}, Idempotency_Key="k1") for _n in range(2)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert answers[1]["Idempotent-Replayed"] == "true"


def test_a_failure_is_not_kept_and_nothing_of_it(world: World) -> None:
    answer = api_of(world, "agent").send("/broken", {"text": "a"}, Idempotency_Key="k1")
    assert answer.status_code == 500
    assert kept("a") == 0
    assert not IdempotencyRecord.objects.exists()


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "a\tb", "è"])
def test_an_unusable_key_is_refused(world: World, key: str) -> None:
    answer = api_of(world, "agent").send("/notes", {"text": "a"}, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-idempotency-key")
    assert kept("a") == 0


@pytest.mark.parametrize("key", ["1", "a b", "x" * 255, "~!{}"])
def test_any_printable_key_will_do(world: World, key: str) -> None:
    assert api_of(world, "agent").send("/notes", {"text": "a"}, Idempotency_Key=key).status_code == 201


def test_a_key_is_forgotten_after_three_days(world: World) -> None:
    api = api_of(world, "agent")
    begin = clock.now()
    replayed = []
    for hours in (0, 72, 73):
        with clock.at(begin + timedelta(hours=hours)):
            answer = api.send("/notes", {"text": "a"}, Idempotency_Key="k1")
        replayed.append("Idempotent-Replayed" in answer)
    assert replayed == [False, True, False]
    assert kept("a") == 2


def test_the_daily_job_forgets_only_what_is_old(world: World) -> None:
    api = api_of(world, "agent")
    with clock.at(clock.now() - timedelta(hours=73)):
        api.send("/notes", {"text": "a"}, Idempotency_Key="old")
    api.send("/notes", {"text": "b"}, Idempotency_Key="new")
    assert forget_old_records() == 1
    assert [record.key for record in IdempotencyRecord.objects.all()] == ["new"]


def _send(token: str) -> Any:
    """By a plain client: what a checked one watches is changed by the others meanwhile."""
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
    return Client(headers=headers).post("/api/v1/notes", {"text": "a"}, content_type="application/json")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_with_one_key_happen_once() -> None:
    token = token_of(build_world(), "agent")

    def send(_n: int) -> Any:
        try:
            return _send(token)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(16)))
    close_old_connections()
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {201, 409}
    assert len({answer.json()["number"] for answer in answers if answer.status_code == 201}) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"idempotency-in-progress"}
    assert kept("a") == 1


@pytest.mark.django_db(transaction=True)
def test_while_the_first_is_at_work_the_second_is_told_so() -> None:
    if connection.vendor != "postgresql":
        return  # SQLite has one writer: the second waits, and is answered like the first
    token = token_of(build_world(), "agent")
    client(token).send("/notes", {"text": "b"}, Idempotency_Key="k0")
    principal = IdempotencyRecord.objects.get().principal
    with transaction.atomic():
        _claim(principal, "k1")

        def send() -> Any:
            try:
                return _send(token)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(send).result()
    assert (answer.status_code, answer.json()["code"]) == (409, "idempotency-in-progress")
    assert kept("a") == 0
