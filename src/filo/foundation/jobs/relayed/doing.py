"""Celery's worker for one queue: each message claims its job by a lease, which is renewed while it runs."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from functools import partial
from typing import Any
from uuid import UUID

from celery.exceptions import Reject
from celery.signals import worker_shutting_down
from django.db import close_old_connections, connections
from django.db.utils import Error as DatabaseError

from filo.foundation.events.bell import Bell
from filo.foundation.jobs.desks import keep_doing
from filo.foundation.jobs.leases import claim_relayed, give_back, renew
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.registry import Queue, load_jobs
from filo.foundation.jobs.relayed.broker import TASK, celery, place_of
from filo.foundation.jobs.running import run_claimed
from filo.foundation.jobs.watching import tell_of_changes
from filo.foundation.jobs.workshop import DESKS, PATIENCE_SECONDS, RENEW_SECONDS

logger = logging.getLogger("filo.jobs")

SECONDS_WITHOUT_DATABASE = 2.0


class Hands:
    """What the threads of this process hold."""

    def __init__(self, queue: Queue) -> None:
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{queue}:{secrets.token_hex(4)}"
        self._held: dict[UUID, Job] = {}

    def do(self, job_id: str) -> None:
        """The task: do the job if it waits still; a message that comes twice, or too late, does nothing."""
        try:
            found = claim_relayed(self.worker, UUID(job_id))
            if found is None:
                return
            self._held[found.pk] = found
            try:
                run_claimed(found)
            finally:
                self._held.pop(found.pk, None)
        except DatabaseError as error:
            logger.warning("the database does not answer (%s); the message goes back", type(error).__name__)
            close_old_connections()
            time.sleep(SECONDS_WITHOUT_DATABASE)
            raise Reject(reason="database", requeue=True) from error

    def renew(self, stop: threading.Event) -> int:
        """Prolong the leases of what is under way."""
        stop.wait(RENEW_SECONDS)
        renew([(job.pk, job.leased_by) for job in list(self._held.values())])
        return 1

    def end(self, stop: threading.Event) -> None:
        """Let what is short come to its end, give back the rest, and go: a long job goes on elsewhere."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self._held and time.monotonic() < until:
            time.sleep(0.05)
        stop.set()
        try:
            give_back(list(self._held.values()))
        except DatabaseError as error:
            logger.warning("jobs could not be given back (%s); their leases will run out", type(error).__name__)
        connections.close_all()
        os._exit(0)


def work(queue: Queue) -> None:
    """Do the jobs of one queue as Celery's worker, until SIGTERM."""
    load_jobs()
    app, hands, stop = celery(), Hands(queue), threading.Event()
    # RabbitMQ takes the line from who holds a message for half an hour: a long job lets go of it at once,
    # and the lease alone brings it back if this process dies.
    app.task(hands.do, name=TASK, acks_late=queue != "long")
    for step in (partial(hands.renew, stop), partial(tell_of_changes, stop)):
        threading.Thread(target=keep_doing, args=(step, Bell(), stop.is_set), daemon=True).start()

    def shut(**_signal: Any) -> None:
        threading.Thread(target=hands.end, args=(stop,), daemon=True).start()

    worker_shutting_down.connect(shut, weak=False)
    worker = app.Worker(
        queues=[place_of(queue)],
        pool="threads",
        concurrency=DESKS[queue],
        hostname=f"{hands.worker}@%h",
        loglevel="WARNING",
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
        quiet=True,
    )
    worker.start()
