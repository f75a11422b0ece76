"""Lets this process say every few seconds that it lives, in a thread of its own and in nobody's way."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections.abc import Callable

import psutil
from django.db import Error, connection, connections

from filo import __version__
from filo.foundation.copies.queries import is_muted
from filo.foundation.health.services import Lives, Process, beat, end_process, tell_who_lives

EVERY, EVERY_ON_SQLITE = 5.0, 10.0
AFTER_FAILURE = 1.0
LOOPS = "filo-"


class Beating:
    """`start` it once in a process that is set up, `stop` it when the process ends as it should."""

    def __init__(self, role: str, *, does: tuple[str, ...] = (), sockets: Callable[[], int] = lambda: 0) -> None:
        self._process = Process(socket.gethostname()[:120], os.getpid(), role, __version__)
        self._does = does
        self._sockets = sockets
        self._told: Lives | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="beat", daemon=True)

    def start(self) -> None:
        """Beat from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Say good-bye; waits no longer than a second."""
        self._over.set()
        self._thread.join(1.0)

    def _run(self) -> None:
        try:
            pause = 0.0
            while not self._over.wait(pause):
                pause = self._beat()
            with contextlib.suppress(Error):
                end_process(self._process)
        finally:
            connections.close_all()

    def _beat(self) -> float:
        """Beat once; gives the seconds until the next time. A database that is busy or away is left alone."""
        try:
            _be_humble()
            beat(self._process, memory=memory_held(), sockets=self._sockets(), loops=[*self._does, *loops_alive()])
            self._told = tell_who_lives(self._process, self._told)
            is_muted()  # which this process then knows, for its pages and calls
        except Error:
            connections.close_all()
            return AFTER_FAILURE
        return EVERY_ON_SQLITE if connection.vendor == "sqlite" else EVERY


def _be_humble() -> None:
    """This thread's connection waits for no writer and for no disk: a beat that is lost is no loss."""
    if connection.connection is not None:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout=0")
            cursor.execute("PRAGMA synchronous=NORMAL")
        else:
            cursor.execute("SET synchronous_commit = off")
            cursor.execute("SET statement_timeout = '2s'")


def memory_held() -> int:
    """Bytes of this process, shared ones counted by part (PSS) where the system tells."""
    with contextlib.suppress(OSError, ValueError), open("/proc/self/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return int(psutil.Process().memory_info().rss)


def loops_alive() -> list[str]:
    """The loops of a job worker that run: queues, relay, schedule, leases."""
    found = {thread.name.removeprefix(LOOPS) for thread in threading.enumerate() if thread.name.startswith(LOOPS)}
    return sorted(found)
