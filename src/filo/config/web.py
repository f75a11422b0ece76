"""The web process: granian on one port, with the workers that it starts and starts again.

Started by the supervisor as `python -m filo.config.web HOST PORT WORKERS`.
"""

from __future__ import annotations

import os
import signal
import sys
from functools import partial
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels
from granian.server import Server

from filo.config import lifeline

KILL_AFTER = 10  # seconds that a worker has to finish what it is answering
FORGIVEN = 4.0  # seconds off granian's five and a half, within which a second end of a worker ends the whole web


class Web(Server):  # type: ignore[misc,valid-type]  # granian chooses the class when it is loaded
    """A server that gives up for workers that cannot start, but not for one that was killed twice in a row."""

    def _respawn_workers(self, workers: list[int], *arguments: Any, **options: Any) -> None:
        super()._respawn_workers(workers, *arguments, **options)
        for number in workers:
            if number in self.respawned_wrks:
                self.respawned_wrks[number] -= FORGIVEN


def main(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM."""
    if parent := os.environ.get("FILO_SUPERVISOR"):
        lifeline.end_with(int(parent))
    server = Web(
        "filo.config.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        http=HTTPModes.http1,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_AFTER,
        process_name=None,
    )
    server.serve(target_loader=partial(load, os.getpid()), wrap_loader=False)


def load(parent: int) -> Any:
    """The application, loaded in the worker that will run it (ASGI's type is an open dictionary)."""
    for number in (
        signal.SIGTERM,
        signal.SIGINT,
    ):  # until granian takes them over, loading can be interrupted
        signal.signal(number, signal.SIG_DFL)
    # A worker of granian's that is asked to end while it starts may wait for itself for ever, and hold the port.
    lifeline.end_with(parent, at_once=True)
    from filo.config.asgi import application  # here, so that the process that only watches stays small

    return application


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
