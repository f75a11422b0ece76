"""Ties a process to its parent: when the parent dies, however suddenly, the child ends too."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time

PR_SET_PDEATHSIG = 1
LOOK_EVERY = 1.0
END_WITHIN = 15.0  # more than granian gives its workers


def end_with(parent: int, *, at_once: bool = False) -> None:
    """Get SIGTERM when the process `parent` (an id) dies, and SIGKILL when that was not enough, or `at_once`.

    Linux tells at once; a look every second serves the other systems, and a child that does not end when asked.
    """
    sign = signal.SIGKILL if at_once else signal.SIGTERM
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)
    threading.Thread(target=_watch, args=(parent, sign), daemon=True).start()


def _watch(parent: int, sign: signal.Signals) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_EVERY)
    os.kill(os.getpid(), sign)
    time.sleep(END_WITHIN)
    os.kill(os.getpid(), signal.SIGKILL)
