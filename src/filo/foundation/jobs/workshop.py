"""All the threads of a worker: desks for every queue, the relay of events, the schedules, the leases."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from django.db import connections
from django.db.utils import Error as DatabaseError

from filo.foundation import clock
from filo.foundation.events.bell import Bell, relay_bell
from filo.foundation.events.services import relay_batch
from filo.foundation.jobs.bells import queue_bell
from filo.foundation.jobs.desks import Desk, keep_doing
from filo.foundation.jobs.leases import give_back, mend_after_clock_jump, renew
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.registry import QUEUES, Queue
from filo.foundation.jobs.schedule import run_due
from filo.foundation.jobs.watching import tell_of_changes

logger = logging.getLogger("filo.jobs")

LOOK_SECONDS = 0.5
RENEW_SECONDS = 10.0
MEND_SECONDS = 30.0
PATIENCE_SECONDS = 5.0
# `long` has three: one person's import and trial take two of them, and somebody else's finds the third.
DESKS: Mapping[Queue, int] = {"default": 1, "long": 3, "mail": 1, "outward": 2}


def run(
    stop: threading.Event,
    *,
    desks_of: Mapping[Queue, int] = DESKS,
    parent: int = 0,
    relay_jobs: Callable[[], int] | None = None,
) -> None:
    """Do all the work of this process until `stop` is set; each queue has its own threads, so that a long
    import never holds up a mail. Jobs that are not finished then are given back for others.
    `relay_jobs` hands jobs to the workers of other processes (then there are no desks here).
    """
    desks = [Desk(queue) for queue in QUEUES for _number in range(desks_of.get(queue, 0))]
    threads = [
        *(desk.start(stop) for desk in desks),
        _start("relay", relay_batch, relay_bell, stop),
        _start("schedule", Timetable().look, Bell(), stop),
        _start("leases", partial(_renew_leases, desks, stop), Bell(), stop),
        _start("told", partial(tell_of_changes, stop), Bell(), stop),
    ]
    if relay_jobs is not None:
        threads.append(_start("relay-jobs", relay_jobs, Bell(), stop))
    while not stop.wait(LOOK_SECONDS):
        if parent and os.getppid() != parent:
            stop.set()
        threads += _replace_overdue(desks, stop)
    _finish(desks, threads)


def _start(name: str, step: Callable[[], int], bell: Bell, stop: threading.Event) -> threading.Thread:
    arguments = (step, bell, stop.is_set)
    thread = threading.Thread(target=keep_doing, args=arguments, name=f"filo-{name}", daemon=True)
    thread.start()
    return thread


@dataclass
class Timetable:
    """Looks what is due; now and then also whether the clock was set back."""

    _mend_at: float = 0.0

    def look(self) -> int:
        """Enqueue what is due; gives how much that was."""
        if time.monotonic() >= self._mend_at:
            mend_after_clock_jump()
            self._mend_at = time.monotonic() + MEND_SECONDS
        return run_due(clock.now())


def _renew_leases(desks: list[Desk], stop: threading.Event) -> int:
    stop.wait(RENEW_SECONDS)
    renew([held for desk in list(desks) for held in desk.held()])
    return 1


def _replace_overdue(desks: list[Desk], stop: threading.Event) -> list[threading.Thread]:
    """A thread cannot be ended from outside: a hanging one is left alone, and its queue gets a new desk."""
    started = []
    for place, desk in enumerate(desks):
        if not desk.is_overdue():
            continue
        claimed, desk.claimed, desk.given_up = desk.claimed, [], True
        logger.error("a job hangs past its deadline (%s); its queue goes on", [job.pk for job in claimed[:1]])
        _give_back_if_possible(claimed[1:])
        desks[place] = Desk(desk.queue)
        started.append(desks[place].start(stop))
    return started


def _finish(desks: list[Desk], threads: list[threading.Thread]) -> None:
    for bell in (relay_bell, *(queue_bell(queue) for queue in QUEUES)):
        bell.ring()
    until = time.monotonic() + PATIENCE_SECONDS
    for thread in threads:
        thread.join(max(0.0, until - time.monotonic()))
    _give_back_if_possible(job for desk in desks for job in desk.claimed)


def _give_back_if_possible(jobs: Iterable[Job]) -> None:
    try:
        give_back(jobs)
    except DatabaseError as error:
        logger.warning("jobs could not be given back (%s); their leases will run out", type(error).__name__)
    finally:
        connections.close_all()
