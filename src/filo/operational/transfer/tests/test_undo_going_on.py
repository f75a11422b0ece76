"""The undoing of an import that was stopped or killed goes on where it was; whatever was imported, nothing is left."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.models import Job, JobState
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.services import cancel_job
from filo.foundation.jobs.tests.conftest import Spawn, spawn  # noqa: F401  (a fixture)
from filo.operational.parties.models import Party
from filo.operational.transfer.services import running, turning
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.services.starting import cancel_import, start_import
from filo.operational.transfer.services.turning import bring_again, turn, undo_import
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, prepared
from filo.operational.transfer.tests.undoing import again, facts, told, undone
from filo.testing.clients import CheckedClient
from filo.testing.world import World, build_world

ROWS = 120
MANY = "codice cliente;denominazione;comune\n" + "".join(f"C-{n};Bar {n};Salerno\n" for n in range(ROWS))


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "CHUNK", 50)
    monkeypatch.setattr(turning, "CHUNK", 50)


def test_a_cancelled_import_is_taken_back_as_far_as_it_came(world: World) -> None:
    before = facts()
    batch = start_import(IMPORTER, prepared(MANY), in_background=False)
    batch = carry_on(IMPORTER, batch, tell=lambda now: cancel_import(IMPORTER, now))
    assert (batch.state, counts(batch)) == ("cancelled", (50, 0, 0, 0))
    assert told(undone(batch)) == ("undone", 50, 0)
    assert facts() == before
    assert told(again(batch)) == ("cancelled", 50, 0)


def test_stopped_it_says_so_and_goes_on_when_asked_again(world: World) -> None:
    before, admin = facts(), world.principal("admin")
    batch = undo_import(admin, brought(MANY, principal=admin))
    job = Job.objects.get(name="transfer.turn_import")
    stopped = turn(admin, batch, tell=lambda _now: cancel_job(admin, job), is_cancelled=lambda: not_open(job))
    assert (stopped.state, stopped.turned, stopped.to_turn) == ("done", 50, ROWS)
    assert told(undone(stopped, admin)) == ("undone", ROWS, 0)
    assert facts() == before
    assert AuditEntry.objects.filter(action="party.delete").values("operation").distinct().count() == 1


def test_brought_in_again_half_way_the_page_does_not_say_that_all_is_as_before(
    world: World, client_of: Callable[..., CheckedClient]
) -> None:
    admin = world.principal("admin")
    batch = bring_again(admin, undone(brought(MANY, principal=admin), admin))
    job = Job.objects.get(name="transfer.turn_import")
    turn(admin, batch, tell=lambda _now: cancel_job(admin, job), is_cancelled=lambda: not_open(job))
    page = client_of("admin").get(f"/imports/{batch.id}").text
    assert "Il rientro si è fermato dopo 50 righe su 120." in page
    assert "Tutto è come prima" not in page
    assert "/again" in page


def not_open(job: Job) -> bool:
    job.refresh_from_db()
    return not job.is_open


def test_two_at_once_take_nothing_back_twice(world: World) -> None:
    batch = undo_import(IMPORTER, brought(MANY), in_background=False)
    first: list[bool] = []

    def other(_batch: object) -> None:
        if not first:
            first.append(True)
            turn(IMPORTER, type(batch).objects.get(pk=batch.pk))

    turn(IMPORTER, batch, tell=other)
    batch.refresh_from_db()
    assert told(batch) == ("undone", ROWS, 0)
    assert AuditEntry.objects.filter(action="party.delete").count() == ROWS


WORK_AND_DIE = """
import os, signal, sys, threading
import django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[1]
from filo.operational.transfer.services import turning
turning.CHUNK = 50
whole, seen = turning._note, []
def note(*arguments):
    whole(*arguments)
    seen.append(1)
    if len(seen) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
turning._note = note
from filo.foundation.jobs.desks import Desk
Desk("long").work(threading.Event())
"""


@pytest.mark.django_db(transaction=True)
def test_killed_inside_a_chunk_it_goes_on_exactly_after_the_chunk_before(
    spawn: Spawn,  # noqa: F811
    kept_files: Path,
) -> None:
    world = build_world()
    before, admin = facts(), world.principal("admin")
    batch = undo_import(admin, brought(MANY, principal=admin))
    assert spawn(WORK_AND_DIE, str(kept_files)).wait(90) == -signal.SIGKILL
    batch.refresh_from_db()
    assert (batch.state, batch.turned) == ("back", 50)
    with clock.at(clock.now() + timedelta(minutes=1)):
        claimed = claim("next", ["long"])
        assert claimed is not None
        assert run_claimed(claimed) == JobState.DONE
    batch.refresh_from_db()
    assert told(batch) == ("undone", ROWS, 0)
    assert facts() == before
    assert AuditEntry.objects.filter(action="party.delete").count() == ROWS


def line(rng: random.Random) -> str:
    """A row about one of a few people, who are there, or come, or come again; some cells empty, some wrong."""
    number = rng.randrange(12)
    cells = (
        rng.choice((f"P{number}", "")),
        rng.choice(("Anna", "Ugo")),
        f"Neri {number}",
        rng.choice((f"n{number}@example.it", f"n{number}@example.it; altro{number}@example.it", "")),
        rng.choice((f"+39 333 {1234500 + number}", "089 123456", "12", "")),
        rng.choice(("Via Roma 1", f"Via Po {rng.randrange(3)}", "")),
        rng.choice(("84121", "20121", "")),
        rng.choice(("Salerno", "Milano", "")),
        rng.choice(("Lanificio Bassi S.r.l.", "Emporio Conti S.n.c.", "Nessuno", "")),
        rng.choice(("vip", "attento", "")),
    )
    return ";".join(cells)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_was_imported_undone_every_fact_is_as_before(world: World, seed: int) -> None:
    rng = random.Random(seed)
    header = "codice;nome;cognome;email;telefono;indirizzo;cap;comune;azienda;note\n"
    first, second = (header + "\n".join(line(rng) for _ in range(25)) + "\n" for _ in range(2))
    brought(first, kind="people")
    before = facts()
    batch = brought(second, kind="people")
    came = facts()
    if not batch.to_turn:
        return
    assert told(undone(batch)) == ("undone", batch.to_turn, 0)
    assert facts() == before
    assert told(again(batch)) == ("done", batch.to_turn, 0)
    assert facts() == came
    undone(batch)
    assert facts() == before
    assert Party.objects.exclude(deleted_at=None).count() == batch.created + batch.firms
