"""The worker process, from its start to its last breath: `filo worker`, and the child of `filo serve`."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

import django


def main(*, parent: int | None = None, only: str = "") -> None:
    """Work until SIGTERM or SIGINT, or until `parent` dies (default: the present parent; 0: nobody).

    Where a broker is set, `only` says which part of the work: "relay", or the queue of a Celery worker.
    """
    mother = os.getppid() if parent is None else parent
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filo.config.settings")
    django.setup()

    from filo.foundation.jobs.workshop import run  # (models can be imported only now)

    if not only:
        run(stop, parent=mother)
    elif only == "relay":
        from filo.foundation.jobs.relayed.sending import Relay  # loads Celery only where it is used

        run(stop, desks_of={}, parent=mother, relay_jobs=Relay().relay_due)
    else:
        from filo.foundation.jobs.registry import queue_named
        from filo.foundation.jobs.relayed.doing import work

        work(queue_named(only))


if __name__ == "__main__":
    main()
