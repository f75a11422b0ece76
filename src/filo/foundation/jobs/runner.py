"""The worker process, from its start to its last breath: `filo worker`, and the child of `filo serve`."""

from __future__ import annotations

import os
import signal
import threading
from types import FrameType

import django


def main(*, parent: int | None = None) -> None:
    """Work until SIGTERM or SIGINT, or until `parent` dies (default: the present parent; 0: nobody)."""
    mother = os.getppid() if parent is None else parent
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filo.config.settings")
    django.setup()

    from filo.foundation.jobs.workshop import run  # (models can be imported only now)

    run(stop, parent=mother)


if __name__ == "__main__":
    main()
