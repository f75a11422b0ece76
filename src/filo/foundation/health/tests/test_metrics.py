"""Figures: what they hold, what they cost, and who may read them."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client
from pytest_django import Settings

from filo.foundation.access.principal import system
from filo.foundation.accounts.tokens import make_token
from filo.foundation.health.meters import count_request
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import enqueue
from filo.testing.world import World


@job()
def figure_sample(context: object) -> None:
    """Does nothing."""


def value(text: str, name: str, **labels: str) -> float:
    """The value of a series; 0 when it is not there."""
    for line in text.splitlines():
        found = re.fullmatch(r"(\w+)(?:\{(.*)\})? (\S+)", line)
        if found and found[1] == name and dict(re.findall(r'(\w+)="([^"]*)"', found[2] or "")) == labels:
            return float(found[3])
    return 0.0


def figures() -> str:
    return Client().get("/metrics").text


def test_a_request_is_counted_by_the_name_of_its_address(world: World) -> None:
    client = Client()
    client.force_login(world.people["agent"])
    party = world.parties["own"].id
    labels = {"route": "parties:card", "method": "GET", "status": "200"}
    before = value(figures(), "filo_request_seconds_count", **labels)
    client.get(f"/parties/{party}")
    text = figures()
    assert value(text, "filo_request_seconds_count", **labels) == before + 1
    assert value(text, "filo_request_queries_count", route="parties:card") >= 1
    assert str(party) not in text
    assert 'route="health:metrics"' not in text


def test_a_client_makes_no_series_by_itself(db: None) -> None:
    for number in range(3):
        Client().generic(f"INVENTED{number}", f"/nowhere/{number}")
    text = figures()
    assert "INVENTED" not in text
    assert "nowhere" not in text
    assert 'method="other"' in text


def test_a_job_is_counted_by_its_kind_and_what_came_of_it(db: None) -> None:
    enqueue(figure_sample)
    waiting = Job.objects.get(name=figure_sample.name)
    labels = {"job": figure_sample.name, "outcome": "done"}
    before = value(figures(), "filo_job_seconds_count", **labels)
    claimed = claim("w", ["default"])
    assert claimed is not None
    assert claimed.pk == waiting.pk
    run_claimed(claimed)
    assert value(figures(), "filo_job_seconds_count", **labels) == before + 1


@pytest.mark.parametrize(
    ("asks", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("10.1.2.3", {}, 200),
        ("93.184.216.34", {}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "93.184.216.34"}, 404),
        ("127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=10.0.0.1"}, 404),
        ("192.0.2.10", {"X-Forwarded-For": "10.9.8.7"}, 200),  # the trusted proxy
        ("192.0.2.10", {"X-Forwarded-For": "10.9.8.7, 93.184.216.34"}, 404),
        ("192.0.2.10", {}, 404),
        ("93.184.216.34", {"Authorization": "Bearer filo_wrong"}, 401),
    ],
)
def test_only_a_watcher_in_the_house_reads_them(
    db: None, settings: Settings, asks: str, headers: dict[str, str], status: int
) -> None:
    settings.TRUSTED_PROXIES = ["192.0.2.10"]
    assert Client(REMOTE_ADDR=asks).get("/metrics", headers=headers).status_code == status


def test_a_token_reads_them_from_afar_if_it_is_made_for_that(world: World) -> None:
    answers = []
    for scopes in (["metrics:read"], ["party:read"]):
        _token, secret = make_token(system("t"), world.people["admin"], label="watch", scopes=scopes)
        headers = {"Authorization": f"Bearer {secret}"}
        answers.append(Client(REMOTE_ADDR="93.184.216.34").get("/metrics", headers=headers).status_code)
    assert answers == [200, 401]


def test_counting_a_request_costs_next_to_nothing() -> None:
    started = time.perf_counter()
    for _number in range(2000):
        count_request("parties:list", "GET", 200, seconds=0.01, queries=7)
    assert (time.perf_counter() - started) / 2000 < 0.001


def test_the_cost_of_an_answer_is_told_only_where_it_is_wanted(world: World, settings: Settings) -> None:
    client = Client()
    client.force_login(world.people["agent"])
    assert "Server-Timing" not in client.get("/parties").headers
    settings.SERVER_TIMING = True
    told = client.get("/parties")["Server-Timing"]
    found = re.fullmatch(r'app;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+) queries"', told)
    assert found is not None
    assert float(found[1]) > float(found[2]) > 0
    assert int(found[3]) > 3
