"""A real IMAP server for tests: dovecot, started as whoever runs them, in a folder and on a port of its own."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filo.testing.served import until

HOW = "no dovecot: `apt-get install dovecot-imapd`"
USER, PASSWORD = "info", "segreta"
SETTINGS = """
base_dir = {run}
state_dir = {run}
log_path = {run}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{mail}
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={owners} home={mail}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class Dovecot:
    """A server that runs."""

    port: int
    mail: Path

    def put(self, *raw: bytes, at: datetime | None = None) -> None:
        """Have mails lie in the inbox, as if they had come at a moment."""
        with self.line() as line:
            for one in raw:
                assert line.append("INBOX", "", imaplib.Time2Internaldate(at or datetime.now(UTC)), one)[0] == "OK"

    def unseen(self) -> int:
        """How many mails nobody has read."""
        with self.line() as line:
            line.select("INBOX", readonly=True)
            return len(line.search(None, "UNSEEN")[1][0].split())

    def number_anew(self) -> None:
        """Forget the numbers of all mails, as a server does that was moved."""
        for path in self.mail.glob("dovecot*"):
            path.unlink()

    @contextmanager
    def line(self) -> Iterator[imaplib.IMAP4]:
        """A line of the test's own, signed in."""
        line = imaplib.IMAP4("127.0.0.1", self.port)
        line.login(USER, PASSWORD)
        yield line
        line.logout()


def binary() -> str | None:
    """Where dovecot is."""
    return shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@contextmanager
def dovecot(folder: Path) -> Iterator[Dovecot]:
    """A server within the block."""
    port, mail, run = _free_port(), folder / "mail", folder / "run"
    for place in (folder, mail, run):
        place.mkdir(exist_ok=True, mode=0o755)
    names = {"internal": "dovecot", "group": "dovecot", "login": "dovenull", "owner": "nobody", "owners": "nogroup"}
    if os.getuid() == 0:
        shutil.chown(mail, "nobody", "nogroup")
    else:
        me, mine = pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name
        names = {"internal": me, "group": mine, "login": me, "owner": me, "owners": mine}
    config = folder / "dovecot.conf"
    config.write_text(SETTINGS.format(run=run, mail=mail, port=port, password=PASSWORD, **names))
    found = binary()
    assert found is not None
    process = subprocess.Popen([found, "-F", "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        assert until(lambda: _answers(port), seconds=20), (run / "log").read_text()
        yield Dovecot(port, mail)
    finally:
        process.terminate()
        process.wait()


@dataclass
class Cutting:
    """A line to the server that breaks after so many bytes of its answers, as often as it is told."""

    port: int = 0
    after: list[int] = field(default_factory=list)


@contextmanager
def cutting(server: Dovecot, after: Sequence[int]) -> Iterator[Cutting]:
    """Stands between us and the server within the block: the n-th line breaks after `after[n]` bytes."""
    found = Cutting(after=list(after))
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        found.port = door.getsockname()[1]
        threading.Thread(target=_serve, args=(door, server.port, found), daemon=True).start()
        yield found


def _serve(door: socket.socket, port: int, found: Cutting) -> None:
    with suppress(OSError):
        while True:
            caller, _address = door.accept()
            server = socket.create_connection(("127.0.0.1", port))
            most = found.after.pop(0) if found.after else 1 << 40
            threading.Thread(target=_pass_on, args=(caller, server, 1 << 40), daemon=True).start()
            threading.Thread(target=_pass_on, args=(server, caller, most), daemon=True).start()


def _pass_on(source: socket.socket, target: socket.socket, most: int) -> None:
    with suppress(OSError):
        while most > 0 and (piece := source.recv(min(65536, most))):
            target.sendall(piece)
            most -= len(piece)
    for line in (source, target):
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


def _free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
            return line.recv(4) == b"* OK"
    except OSError:
        return False
