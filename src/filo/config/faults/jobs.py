"""Jobs that only a tree under test knows: good ones, poison of three kinds, and ones that tick."""

from __future__ import annotations

import os
import signal
import time
from datetime import timedelta

from filo.foundation.audit.services import record
from filo.foundation.jobs.context import JobContext
from filo.foundation.jobs.registry import job
from filo.foundation.jobs.schedule import daily, every

EFFECT = "fault"
TICK = 0.25


def leave(context: JobContext) -> None:
    """The one effect of a job: a row that names it."""
    record(context.principal, "faults.effect", kind=EFFECT, object_id=context.id)


@job()
def good(context: JobContext, *, number: int) -> int:
    """Leaves one effect."""
    leave(context)
    return number


@job()
def slow(context: JobContext, *, seconds: float) -> None:
    """Leaves its effect, then takes its time, in one transaction."""
    leave(context)
    time.sleep(seconds)


@job()
def raises(context: JobContext, *, number: int) -> None:
    """Breaks every time, after its effect."""
    leave(context)
    raise ValueError(f"poison {number}")


@job()
def kills(context: JobContext, *, number: int) -> None:
    """Takes its worker with it every time."""
    leave(context)
    os.kill(os.getpid(), signal.SIGKILL)


@job(queue="default", atomic=False, deadline=timedelta(seconds=2))
def hangs(context: JobContext, *, number: int) -> None:
    """Stays beyond its deadline every time."""
    time.sleep(3600)


@every(seconds=TICK)
@job()
def tick(context: JobContext) -> int:
    """Every moment one effect; gives the process that left it."""
    leave(context)
    return os.getpid()


@daily(at="02:30")
@job()
def in_the_dst_hour(context: JobContext) -> None:
    """At a time that one night of the year skips and another has twice."""
    leave(context)


@daily(at="00:00")
@job()
def at_midnight(context: JobContext) -> None:
    """With the first moment of a day, also of a year."""
    leave(context)
