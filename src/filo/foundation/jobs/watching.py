"""Who wants to hear of jobs: higher topics (the pages) register, the engine tells."""

from __future__ import annotations

import threading
from collections.abc import Callable

from filo.foundation.jobs.models import Job

Watcher = Callable[[Job, str], None]
PROGRESS = "progress"
TOGETHER_SECONDS = 2.0

_of_one: list[Watcher] = []
_of_all: list[Callable[[], None]] = []
_changed = threading.Event()


def watch_jobs(watcher: Watcher) -> None:
    """Have `watcher(job, state)` called for each step of what a person asked for, and each bit of progress."""
    _of_one.append(watcher)


def watch_queues(watcher: Callable[[], None]) -> None:
    """Have `watcher()` called when anything changed, by the worker, once for what comes within two seconds."""
    _of_all.append(watcher)


def tell(job: Job, state: str) -> None:
    """A job came into a state. What nobody asked for is told with all the rest: there may be thousands a minute."""
    changed()
    if job.requested_by is not None:
        for watcher in _of_one:
            watcher(job, state)


def tell_progress(job: Job) -> None:
    """A job is a bit further."""
    changed()
    for watcher in _of_one:
        watcher(job, PROGRESS)


def changed() -> None:
    """Something is not as it was."""
    _changed.set()


def tell_of_changes(stop: threading.Event) -> int:
    """Tell those who watch the queues if anything changed; gives how often that was."""
    if not _changed.wait(TOGETHER_SECONDS):
        return 1
    _changed.clear()
    for watcher in _of_all:
        watcher()
    stop.wait(TOGETHER_SECONDS)
    return 1
