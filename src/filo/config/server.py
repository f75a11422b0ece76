"""`serve`: one process tree on one port, the web and the jobs under one supervisor."""

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
from pathlib import Path

from filo.config import env
from filo.config.leftovers import forget_figures_of_the_dead
from filo.config.supervisor import Part, Stop, say, watch

ROOT = Path(__file__).resolve().parents[3]
PYTHON = (sys.executable, "-P", "-m")
ROLES = {"all": ("web", "jobs"), "jobs": ("jobs",)} | dict.fromkeys(("web", "staff", "portal", "api"), ("web",))
Announce = Callable[[str], None]


def serve(host: str = "127.0.0.1", port: int = 8000, role: str = "all", announce: Announce | None = None) -> int:
    """Run the parts of a role until Ctrl-C or SIGTERM; gives the exit status.

    `announce` is called once with the address when it answers. Port 0 takes a free one.
    """
    stop = Stop()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop.ask)
    forget_figures_of_the_dead(env.data_dir(ROOT))
    os.environ["FILO_ROLE"] = role  # the web process answers the addresses of its role alone
    with contextlib.ExitStack() as stack:
        parts: list[Part] = []
        if "web" in ROLES[role]:
            try:
                held = stack.enter_context(reserved(host, port, stop))
            except OSError as error:
                say(why_not(host, port, error))
                return 1
            address = held.getsockname()
            parts.append(web(address))
            if sys.platform != "linux":  # elsewhere a bound socket keeps the web from the port
                held.close()
            if announce is not None:
                told = threading.Thread(target=_announce, args=(host, address, announce, stop), daemon=True)
                stack.callback(told.join, 1.0)
                told.start()
        if "jobs" in ROLES[role]:
            parts.append(Part("jobs", (*PYTHON, "filo", "worker")))
            if env.text("FILO_MAIL_IN"):
                parts.append(Part("mail-in", (*PYTHON, "filo.config.mail_in")))
        return watch(parts, stop)


def web(address: tuple[str, int]) -> Part:
    """The web process, with its workers."""
    return Part("web", (*PYTHON, "filo.config.web", address[0], str(address[1]), str(workers())))


def workers() -> int:
    """FILO_WORKERS, or one for SQLite and two for PostgreSQL."""
    default = 2 if env.text("DATABASE_URL").startswith("postgres") else 1
    return max(1, env.parsed("FILO_WORKERS", default, int, "a number of processes"))


def reserved(host: str, port: int, stop: Stop) -> socket.socket:
    """A socket bound to the port, which keeps it until the web has it; raises OSError when it is taken.

    A tree that was killed needs a moment to let go of its port: so it is tried for three seconds.
    """
    family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    deadline = time.monotonic() + 3
    while True:
        held = socket.socket(family, socket.SOCK_STREAM)
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            held.bind(address)
        except OSError:
            held.close()
            if stop.asked or time.monotonic() > deadline:
                raise
            time.sleep(0.25)
        else:
            return held


def why_not(host: str, port: int, error: OSError) -> str:
    """One line for a port that cannot be had."""
    if isinstance(error, socket.gaierror):
        return f"{host} is no address of this machine; choose another with --host 127.0.0.1"
    if isinstance(error, PermissionError):
        return f"port {port} is the administrator's; choose one above 1023, for example --port 8000"
    if error.errno and "in use" in os.strerror(error.errno):
        return f"port {port} is taken by another program; choose another, for example --port {port + 1}"
    return f"port {port} on {host} cannot be had ({error.strerror}); choose another with --port and --host"


def _announce(host: str, address: tuple[str, int], announce: Announce, stop: Stop) -> None:
    name = "localhost" if address[0] in ("127.0.0.1", "::1") else host
    while not stop.asked:
        if answers(address[0], address[1]):
            announce(f"http://{name}:{address[1]}")
            return
        time.sleep(0.05)


def answers(host: str, port: int) -> bool:
    """Whether a web server answers there."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  (compared, not bound)
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
