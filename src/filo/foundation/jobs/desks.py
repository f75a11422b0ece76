"""The threads of a worker process: one loop for all, and desks at which claimed jobs are done."""

from __future__ import annotations

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.db import close_old_connections, connections
from django.db.utils import Error as DatabaseError

from filo.foundation.events.bell import Bell
from filo.foundation.jobs.bells import queue_bell
from filo.foundation.jobs.leases import claim_some, give_back
from filo.foundation.jobs.models import Job
from filo.foundation.jobs.registry import LONGEST_RUN, job_named
from filo.foundation.jobs.running import run_claimed

logger = logging.getLogger("filo.jobs")

BATCH = 25
# After this time the rest of a batch goes back: others may take it, and other lanes have their turn.
SHORT_SECONDS = 0.5
SHORTEST_NAP, LONGEST_NAP = 0.1, 1.0
NAP_WITHOUT_DATABASE = 2.0


def keep_doing(step: Callable[[], int], bell: Bell, is_over: Callable[[], bool]) -> None:
    """Call `step` until `is_over`, at once while it finds work, else after naps of up to 1 s."""
    nap = SHORTEST_NAP
    try:
        while not is_over():
            worked = _try_step(step)
            if worked:
                nap = SHORTEST_NAP
                continue
            seconds = NAP_WITHOUT_DATABASE if worked is None else nap
            nap = SHORTEST_NAP if bell.wait(seconds) else min(nap * 2, LONGEST_NAP)
    finally:
        connections.close_all()


def _try_step(step: Callable[[], int]) -> int | None:
    """What `step` gives; None when it failed, which mostly means that the database is away."""
    try:
        return step()
    except DatabaseError as error:
        logger.warning("the database does not answer (%s); trying again", type(error).__name__)
    except Exception as error:  # a loop that ends would be work that stops for good
        logger.exception("a worker loop failed with %s; going on", type(error).__name__)
    close_old_connections()
    return None


@dataclass
class Desk:
    """A place where the jobs of one queue are done, one after the other."""

    queue: str
    worker: str = ""
    claimed: list[Job] = field(default_factory=list)
    given_up: bool = False
    _after: str = ""
    _most: int = BATCH
    _overdue_at: float | None = None

    def __post_init__(self) -> None:
        self.worker = f"{socket.gethostname()}:{os.getpid()}:{self.queue}:{secrets.token_hex(4)}"

    def start(self, stop: threading.Event) -> threading.Thread:
        """Work in a thread of its own until `stop` is set or the desk is given up."""
        thread = threading.Thread(
            target=keep_doing,
            args=(lambda: self.work(stop), queue_bell(self.queue), lambda: stop.is_set() or self.given_up),
            name=f"filo-{self.queue}",
            daemon=True,
        )
        thread.start()
        return thread

    def work(self, stop: threading.Event) -> int:
        """Claim what is due and do it; gives how many jobs were tried."""
        self.claimed = claim_some(self.worker, [self.queue], most=self._most, after=self._after)
        if not self.claimed:
            return 0
        self._after = self.claimed[-1].lane
        began, tried = time.monotonic(), 0
        try:
            while self.claimed and not self.given_up and not stop.is_set():
                self._run_first()
                tried += 1
                if time.monotonic() - began > SHORT_SECONDS:
                    break
        finally:
            rest, self.claimed = self.claimed, []
            give_back(rest)
        # Claim no more than gets done soon, so that little is given back and nobody's turn is long in coming.
        self._most = max(1, tried) if rest else min(BATCH, self._most * 2)
        return tried

    def _run_first(self) -> None:
        job = self.claimed[0]
        kind = job_named(job.name)
        longest: timedelta = kind.deadline if kind else LONGEST_RUN["default"]
        self._overdue_at = time.monotonic() + longest.total_seconds()
        try:
            run_claimed(job)
        finally:
            self._overdue_at = None
            # The list may have been taken away in between, by who gave the desk up.
            self.claimed = self.claimed[1:]

    def held(self) -> list[tuple[UUID, str]]:
        """The leases to renew."""
        return [(job.pk, job.leased_by) for job in list(self.claimed)]

    def is_overdue(self) -> bool:
        """Whether the present job hangs past its deadline: others may take it, and need a desk to do so."""
        overdue_at = self._overdue_at
        return overdue_at is not None and time.monotonic() > overdue_at
