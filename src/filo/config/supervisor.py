"""Starts the parts of the program, starts the fallen again, and ends them all together."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass

LOOK_EVERY = 0.2
END_WITHIN = 13.0  # a little longer than granian gives its workers
STEADY_AFTER = 10.0
# Who was killed from outside has not shown that it cannot run; what ends by itself so soon has.
STEADY_UNTIL_KILLED = 1.0
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
WRONG_USE = 2


@dataclass
class Stop:
    """Whether the end was asked for, and again; plain flags, since a signal may come while a lock is held."""

    asked: bool = False
    at_once: bool = False

    def ask(self, *_signal: object) -> None:
        """Ask for the end; the second time, for an end without waiting."""
        self.at_once = self.asked
        self.asked = True


@dataclass
class Part:
    """One child of the supervisor."""

    name: str
    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    due_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self) -> None:
        """Start it in a process group of its own, so that Ctrl-C reaches it through the supervisor only."""
        environ = os.environ | {"FILO_SUPERVISOR": str(os.getpid())}
        self.process = subprocess.Popen(self.command, env=environ, process_group=0, stdin=subprocess.DEVNULL)  # noqa: S603
        self.started_at = time.monotonic()

    def has_ended(self) -> int | None:
        """Its exit status when it has ended and this was not seen before."""
        status = self.process.poll() if self.process else None
        if status is not None:
            self.process = None
        return status

    def put_off(self, status: int) -> float:
        """Plan its next start, at once for what ran steadily, later after every quick failure; gives the seconds."""
        long_enough = STEADY_UNTIL_KILLED if status == -signal.SIGKILL else STEADY_AFTER
        was_steady = time.monotonic() - self.started_at > long_enough
        pause = 0.0 if was_steady else self.pause
        self.due_at = time.monotonic() + pause
        self.pause = FIRST_PAUSE if was_steady else min(self.pause * 2, LONGEST_PAUSE)
        return pause


def watch(parts: list[Part], stop: Stop) -> int:
    """Keep the parts running until the end is asked for; a part that says *wrong use* ends all. Gives the status."""
    status = 0
    while not stop.asked:
        for part in parts:
            if part.process is None and time.monotonic() >= part.due_at:
                part.start()
            ended = part.has_ended()
            if ended == WRONG_USE:
                status = WRONG_USE
                stop.asked = True
            elif ended is not None:
                say(f"the part “{part.name}” has ended ({manner(ended)}); again in {part.put_off(ended):g} s")
        time.sleep(LOOK_EVERY)
    end(parts, stop)
    return status


def end(parts: list[Part], stop: Stop) -> None:
    """Ask all parts to end, and kill those that do not in time (or when asked a second time)."""
    running = [part.process for part in parts if part.process is not None]
    for process in running:
        process.terminate()
    deadline = time.monotonic() + END_WITHIN
    while any(process.poll() is None for process in running):
        if stop.at_once or time.monotonic() > deadline:
            break
        time.sleep(0.02)
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with whatever it started
        process.wait()


def manner(status: int) -> str:
    """How a process ended, in words."""
    return f"status {status}" if status >= 0 else signal.Signals(-status).name


def say(line: str) -> None:
    """One line for whoever watches the terminal or the log."""
    sys.stderr.write(f"filo: {line}\n")
    sys.stderr.flush()
