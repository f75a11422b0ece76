"""The stage: a fresh database with the demo company, the whole process tree, a post office, two browsers."""

from __future__ import annotations

import contextlib
import email
import email.policy
import http.client
import os
import select
import shutil
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

PATIENCE = 60.0
PASSWORD = "filo-demo"  # noqa: S105  (the demo's, which everybody knows)
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
HOW = "the walk needs Chromium: apt-get install chromium, or name one in FILO_CHROMIUM"


class NotSet(Exception):
    """The stage cannot be set; the message says what is missing."""


@dataclass
class Post:
    """The post office of Mario: what Filo sends arrives here by SMTP; what he sends goes to Filo's listener."""

    port: int
    filo: int
    letters: list[EmailMessage] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  (aiosmtpd's name)
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.letters.append(letter)
        return "250 OK"

    def send(self, letter: EmailMessage) -> None:
        """From Mario to Aurora, over SMTP."""
        with smtplib.SMTP("127.0.0.1", self.filo, timeout=20) as line:
            line.send_message(letter)

    def wait_for(self, wanted: Callable[[EmailMessage], bool], what: str) -> EmailMessage:
        """The first letter to him that is wanted. Raises AssertionError when none came in time."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for letter in list(self.letters):
                if wanted(letter):
                    return letter
            time.sleep(0.1)
        told = [(str(letter["subject"]), text_of(letter)[:200]) for letter in self.letters]
        raise AssertionError(f"no {what} within {PATIENCE:.0f} s; came: {told}")


@dataclass
class Stage:
    """Everything that the steps use. customer, operator: pages of two browsers that share nothing. within: how many
    seconds a page that is shown may take to appear.
    """

    address: str
    post: Post
    folder: Path
    customer: Any
    operator: Any
    shots: Path | None
    within: float = 1.0
    seen: dict[str, Any] = field(default_factory=dict)

    def shot(self, name: str) -> None:
        """Both screens as they are, where pictures are wanted."""
        if self.shots:
            self.customer.screenshot(path=str(self.shots / f"{name}-customer.png"))
            self.operator.screenshot(path=str(self.shots / f"{name}-operator.png"))


def text_of(letter: EmailMessage) -> str:
    """What a letter says in plain text."""
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part else ""


@contextlib.contextmanager
def stage(*, watch: bool, shots: Path | None, database: str = "") -> Iterator[Stage]:
    """Set it, and clear everything away. Raises `NotSet`."""
    chromium = os.environ.get("FILO_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        raise NotSet(HOW)
    with tempfile.TemporaryDirectory(prefix="filo-walk-") as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        post = stack.enter_context(_post_office())
        environ = _environment(folder, post) | ({"DATABASE_URL": database} if database else {})
        _run(environ, folder, "demo", "--only-load", "--few")
        port = stack.enter_context(_house(environ, folder))
        customer, operator = stack.enter_context(_browsers(chromium, watch=watch))
        if shots:
            shots.mkdir(parents=True, exist_ok=True)
        yield Stage(f"http://localhost:{port}", post, folder, customer, operator, shots)


@contextlib.contextmanager
def _post_office() -> Iterator[Post]:
    from aiosmtpd.controller import Controller

    post = Post(_free_port(), _free_port())
    controller = Controller(post, hostname="127.0.0.1", port=post.port)
    controller.start()
    try:
        yield post
    finally:
        controller.stop()


def _environment(folder: Path, post: Post) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FILO_", "DATABASE_", "REDIS_"))}
    port = _free_port()
    return kept | {
        "FILO_DATA_DIR": str(folder / "data"),
        "FILO_SITE_URL": f"http://localhost:{port}",
        "FILO_SMTP_URL": f"smtp://127.0.0.1:{post.port}",
        "FILO_MAIL_IN": f"127.0.0.1:{post.filo}",
        "DJANGO_SETTINGS_MODULE": "filo.config.settings",
        "WALK_PORT": str(port),
    }


def _run(environ: dict[str, str], folder: Path, *command: str) -> None:
    (folder / "data").mkdir(exist_ok=True)
    with (folder / "load.log").open("w") as log:
        done = subprocess.run(  # noqa: S603
            (sys.executable, "-P", "-m", "filo", *command), env=environ, stdout=log, stderr=log, check=False
        )
    if done.returncode:
        raise NotSet((folder / "load.log").read_text()[-2000:])


@contextlib.contextmanager
def _house(environ: dict[str, str], folder: Path) -> Iterator[int]:
    port = int(environ["WALK_PORT"])
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603
            (sys.executable, "-P", "-m", "filo", "serve", "--port", str(port)),
            env=environ,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            assert process.stdout is not None  # noqa: S101
            readable, _, _ = select.select([process.stdout], [], [], PATIENCE)
            if not readable or "http://" not in process.stdout.readline():
                raise NotSet((folder / "serve.log").read_text()[-2000:])
            _wait_for(environ)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(15)
            process.kill()


def _wait_for(environ: dict[str, str]) -> None:
    """Until it takes mail, its jobs work, and what the loading left to do is done."""
    until = time.monotonic() + 5 * PATIENCE
    host, _colon, port = environ["FILO_MAIL_IN"].partition(":")
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            figures = _get(environ, "/metrics")
            if "filo_events_waiting 0" in figures and _get(environ, "/readyz"):
                return
        time.sleep(0.5)
    raise NotSet("the house does not answer")


def _get(environ: dict[str, str], path: str) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", int(environ["WALK_PORT"]), timeout=5)
    with contextlib.closing(connection):
        connection.request("GET", path, headers={"Host": "localhost"})
        response = connection.getresponse()
        return response.read().decode() if response.status == 200 else ""


@contextlib.contextmanager
def _browsers(chromium: str, *, watch: bool) -> Iterator[tuple[Any, Any]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        slow = 350 if watch else 0
        made = [
            playwright.chromium.launch(executable_path=chromium, args=list(QUIET), headless=not watch, slow_mo=slow)
            for _one in range(2)
        ]
        sizes: list[Any] = [{"width": 420, "height": 860}, {"width": 1440, "height": 900}]
        pages = []
        for browser, size in zip(made, sizes, strict=True):
            page = browser.new_context(locale="it-IT", timezone_id="Europe/Rome", viewport=size).new_page()
            page.set_default_timeout(20_000)
            pages.append(page)
        try:
            yield pages[0], pages[1]
        finally:
            for browser in made:
                browser.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
