"""Looks at other processes of this machine: who lives, who belongs to whom, what they were started as."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path


def tree_of(root: int) -> list[int]:
    """A process and all below it, as far as they live."""
    parents: dict[int, int] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = place.read_text().rsplit(")", 1)[1].split()[:2]
            if state != "Z":
                parents[int(place.parent.name)] = int(parent)
    found = [root] if root in parents else []
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def lives(pid: int) -> bool:
    """Whether a process is there and is no zombie."""
    return tree_of(pid) != []


def command_of(pid: int) -> str:
    """What a process was started as, in one line; empty when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def kill(pid: int) -> None:
    """`kill -9`; a process that is gone already is no matter."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def until(is_so: Callable[[], bool], *, seconds: float) -> bool:
    """Wait until something is so, at most `seconds`; gives whether it came to be."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
