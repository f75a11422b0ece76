"""One process tree: a supervisor starts the web and the jobs, restarts the fallen, ends all together."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from filo.config import env

PYTHON = (sys.executable, "-P", "-m")
ROLES = {"all": ("web", "jobs"), "web": ("web",), "jobs": ("jobs",)}
LOOK_EVERY = 0.2
END_WITHIN = 13.0  # a little longer than granian gives its workers
STEADY_AFTER = 30.0
LONGEST_PAUSE = 30.0
WRONG_USE = 2
Announce = Callable[[str], None]


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
    pause: float = field(default=0.5)

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

    def put_off(self) -> float:
        """Plan its next start, later after every quick failure; gives the seconds until then."""
        if time.monotonic() - self.started_at > STEADY_AFTER:
            self.pause = 0.5
        pause = self.pause
        self.due_at = time.monotonic() + pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return pause


def serve(host: str = "127.0.0.1", port: int = 8000, role: str = "all", announce: Announce | None = None) -> int:
    """Run the parts of a role until Ctrl-C or SIGTERM; gives the exit status.

    `announce` is called once with the address when it answers. Port 0 takes a free one.
    """
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop.ask)
    with contextlib.ExitStack() as stack:
        parts: list[Part] = []
        if "web" in ROLES[role]:
            try:
                held = stack.enter_context(reserved(host, port, stop))
            except OSError as error:
                say(why_not(host, port, error))
                return 1
            address = held.getsockname()
            parts.append(Part("web", (*PYTHON, "filo.config.web", address[0], str(address[1]), str(workers()))))
            if sys.platform != "linux":
                held.close()
            if announce is not None:
                told = threading.Thread(target=_announce, args=(host, address, announce, stop), daemon=True)
                stack.callback(told.join, 1.0)
                told.start()
        if "jobs" in ROLES[role]:
            parts.append(Part("jobs", (*PYTHON, "filo", "worker")))
        return watch(parts, stop)


def watch(parts: list[Part], stop: Stop) -> int:
    """Keep the parts running until `stop` is set, then end them; a part that says *wrong use* ends all."""
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
                say(f"the part “{part.name}” has ended ({manner(ended)}); again in {part.put_off():g} s")
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


def reserved(host: str, port: int, stop: Stop) -> socket.socket:
    """A socket bound to the port, which keeps it until the web has it; raises OSError when it is taken.

    A tree that was killed needs a moment to let go of its port: so it is tried for three seconds.
    """
    family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    for attempt in range(12):
        held = socket.socket(family, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind(address)
            return held
        except OSError:
            held.close()
            if attempt == 11 or stop.asked:
                raise
            time.sleep(0.25)
    raise AssertionError("unreachable")


def why_not(host: str, port: int, error: OSError) -> str:
    """One line for a port that cannot be had."""
    if isinstance(error, socket.gaierror):
        return f"{host} is no address of this machine; choose another with --host 127.0.0.1"
    if isinstance(error, PermissionError):
        return f"port {port} is reserved for the administrator; choose one above 1023, for example --port 8000"
    if error.errno and "in use" in os.strerror(error.errno):
        return f"port {port} is taken by another program; choose another, for example --port {port + 1}"
    return f"port {port} on {host} cannot be had ({error.strerror}); choose another with --port and --host"


def workers() -> int:
    """FILO_WORKERS, or one for SQLite and two for PostgreSQL."""
    default = 2 if env.text("DATABASE_URL").startswith("postgres") else 1
    return max(1, env.parsed("FILO_WORKERS", default, int, "a number of processes"))


def manner(status: int) -> str:
    """How a process ended, in words."""
    return f"status {status}" if status >= 0 else signal.Signals(-status).name


def say(line: str) -> None:
    """One line for whoever watches the terminal or the log."""
    sys.stderr.write(f"filo: {line}\n")
    sys.stderr.flush()


def _announce(host: str, address: tuple[str, int], announce: Announce, stop: Stop) -> None:
    name = "localhost" if address[0] in ("127.0.0.1", "::1") else host
    while not stop.asked:
        if answers(address[0], address[1]):
            announce(f"http://{name}:{address[1]}")
            return
        time.sleep(0.05)


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — compared, not bound
    connection = http.client.HTTPConnection(reached, port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status > 0
    except OSError:
        return False
    finally:
        connection.close()


def run_to_the_end(*arguments: str) -> int:
    """Run another `filo` command as a child, so that the supervisor stays small; gives its exit status."""
    return subprocess.run((*PYTHON, "filo", *arguments), check=False).returncode  # noqa: S603
