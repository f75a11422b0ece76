"""Jobs that only these tests know; their effect is a row of the audit."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from filo.foundation.access.principal import system
from filo.foundation.errors import DomainError
from filo.foundation.events.tests.samples import effects, leave
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.errors import TryAgain
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.registry import job

TESTER = system("tester")
broken: set[str] = set()
hold = threading.Event()


def again(found: Job) -> Job:
    """The job as it stands in the database."""
    return Job.objects.get(pk=found.pk)


@job()
def add(context: JobContext, *, code: str) -> dict[str, str]:
    leave(code)
    if code in broken:
        raise ValueError("mario.rossi@example.it is not there")
    return {"made": code}


@job(attempts=2)
def refuse(context: JobContext) -> None:
    raise DomainError(code="not-today")


@job(queue="mail", atomic=False)
def come_later(context: JobContext) -> None:
    raise TryAgain("greylisted", after=timedelta(minutes=7))


@job(queue="long", atomic=False)
def count_to(context: JobContext, *, number: int, prefix: str = "step") -> int:
    """Goes on where it was: the rows that it has made tell how far it came."""
    for step in range(sum(effect.startswith(prefix) for effect in effects()), number):
        if context.cancelled():
            return step
        with transaction.atomic():
            leave(f"{prefix}-{step:03}")
        context.progress(step + 1, number)
    return number


@job(queue="long", atomic=False, deadline=timedelta(seconds=0.2))
def hang(context: JobContext) -> None:
    hold.wait(30)


@job(queue="mail", atomic=False)
def post(context: JobContext, *, code: str) -> None:
    leave(code)


@job()
def add_then_die(context: JobContext, *, code: str, mark: str) -> None:
    """Kills its worker in the middle of its transaction, the first time."""
    leave(code)
    if not os.path.exists(mark):
        with open(mark, "w", encoding="ascii"):
            os.kill(os.getpid(), signal.SIGKILL)


@job(attempts=3)
def always_die(context: JobContext) -> None:
    """Kills its worker every time."""
    os.kill(os.getpid(), signal.SIGKILL)


@job(queue="long", atomic=False)
def wait_for_file(context: JobContext, *, path: str) -> None:
    """Says that it has begun, then waits as long as it is let."""
    with open(path, "w", encoding="ascii") as file:
        file.write(str(UUID(int=0)))
    while not context.cancelled():
        time.sleep(0.05)
