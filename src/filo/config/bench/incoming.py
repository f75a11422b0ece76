"""Mail that comes in: how many a second are acknowledged and taken in, and whether each is there once.

A house of its own on SQLite is made, with the firm of the demo; the processes are those of `serve`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import random
import smtplib
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filo.config.processes import until

TO = "info@aurora.example"
CALLERS = 8
_TEXT = "Buongiorno,\r\nvorrei sapere quando arriva il mio ordine e se il pullover è in offerta.\r\nGrazie\r\n"
_LEDGER = """
import json
from django.db.models import Count
from filo.collaborative.mailroom.models import IncomingMail
rows = IncomingMail.objects.values_list("message_id", "state", "reason", "received_at", "ended_at")
told = [[id_, state, reason, (end - begin).total_seconds() if end else None] for id_, state, reason, begin, end in rows]
first = min((row[3] for row in rows), default=None)
last = max((row[4] for row in rows if row[4]), default=None)
print(json.dumps({"rows": told, "seconds": (last - first).total_seconds() if last else 0}))
"""
_WAITING = """
from filo.collaborative.mailroom.models import IncomingMail
print(IncomingMail.objects.filter(state="received").count())
"""


class NotReceived(Exception):
    """The processes did not start, or mail was not taken in to its end."""


@dataclass
class Sent:
    """What was acknowledged, and how long that took."""

    ids: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    took: float = 0.0


def measure(mails: int, *, rate: float = 0.0) -> dict[str, Any]:
    """Send so many mails (`rate` a second, or as fast as they are taken); gives figures. Raises `NotReceived`."""
    with tempfile.TemporaryDirectory(prefix="filo-bench-mail-") as folder:
        port = _free_port()
        environ = as_a_house(Path(folder), FILO_MAIL_IN=f"127.0.0.1:{port}")
        run_in_house(environ, "demo", "--empty", "--only-load")
        with _running(environ, "filo.config.mail_in"), _running(environ, "filo", "worker"):
            if not until(lambda: _answers(port), seconds=60):
                raise NotReceived("nobody listens for mail")
            sent = _send(port, mails, rate)
            if not until(lambda: _waiting(environ) == 0, seconds=60 + mails):
                raise NotReceived(f"{_waiting(environ)} mails still wait")
        told = json.loads(say_in_house(environ, _LEDGER))
    return _figures(sent, told)


def raw(number: int) -> tuple[str, bytes]:
    """One of the mails and its id: one in ten has a file, in fifty is automatic, in a hundred broken."""
    chance = random.Random(number)  # noqa: S311  (the same mails at every run)
    id_ = f"<{number}@example.it>"
    heads = [f"From: Cliente {number % 500} <cliente{number % 500}@example.it>", f"To: {TO}", f"Message-ID: {id_}"]
    heads += [f"Subject: ordine {number}", "Date: Sat, 28 Nov 2026 08:00:00 +0100", "MIME-Version: 1.0"]
    body = _TEXT * chance.randint(1, 20)
    if number % 10 == 1:
        file = base64.encodebytes(chance.randbytes(40_000)).decode().replace("\n", "\r\n")
        part = 'Content-Type: application/pdf; name="a.pdf"\r\nContent-Transfer-Encoding: base64'
        body = f"--xx\r\nContent-Type: text/plain\r\n\r\n{body}\r\n--xx\r\n{part}\r\n\r\n{file}\r\n--xx--\r\n"
        heads.append("Content-Type: multipart/mixed; boundary=xx")
    elif number % 50 == 2:
        heads.append("Auto-Submitted: auto-replied")
    elif number % 100 == 3:
        heads[0] = "X-Broken: yes"
        body = "--nowhere\r\n" + "=?utf-8?q?" * 50
    return id_, "\r\n".join([*heads, "", body]).encode()


def _send(port: int, mails: int, rate: float) -> Sent:
    sent, lock, began = Sent(), threading.Lock(), time.monotonic()

    def call(caller: int) -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=60) as line:
            for number in range(caller, mails, CALLERS):
                if rate:
                    time.sleep(max(0.0, began + number / rate - time.monotonic()))
                # One in a hundred is sent twice, as by a server that heard no answer.
                for _time in range(2 if number % 100 == 4 else 1):
                    _one(line, number, sent, lock)

    callers = [threading.Thread(target=call, args=(caller,)) for caller in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    sent.took = time.monotonic() - began
    return sent


def _one(line: smtplib.SMTP, number: int, sent: Sent, lock: threading.Lock) -> None:
    id_, content = raw(number)
    began = time.monotonic()
    try:
        line.sendmail("" if number % 100 == 3 else "cliente@example.it", [TO], content)
    except smtplib.SMTPException:
        with lock:
            sent.refused += 1
        return
    with lock:
        sent.ids.append(id_)
        sent.seconds.append(time.monotonic() - began)


def _figures(sent: Sent, told: dict[str, Any]) -> dict[str, Any]:
    rows = told["rows"]
    there = [row[0] for row in rows]
    ages = sorted(row[3] for row in rows if row[3] is not None)
    answers = sorted(sent.seconds)
    return {
        "sent": len(sent.ids),
        "refused": sent.refused,
        "acknowledged_a_second": round(len(sent.ids) / sent.took, 1),
        "acknowledged_p95_ms": round(1000 * _at(answers, 0.95), 1),
        "taken_in_a_second": round(len(rows) / told["seconds"], 1) if told["seconds"] else None,
        "age_p50_seconds": round(_at(ages, 0.5), 2),
        "age_p95_seconds": round(_at(ages, 0.95), 2),
        "taken": sum(row[1] == "taken" for row in rows),
        "quarantined": sum(row[1] == "quarantined" for row in rows),
        "lost": len(set(sent.ids) - set(there)),
        "double": len(there) - len(set(there)),
    }


def _at(found: list[float], share: float) -> float:
    return found[min(len(found) - 1, int(len(found) * share))] if found else 0.0


def as_a_house(folder: Path, **more: str) -> dict[str, str]:
    """The environment of a house of its own, on SQLite in this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FILO_", "DATABASE_"))}
    own = {"FILO_DATA_DIR": str(folder), "FILO_LOG": "text", "DJANGO_SETTINGS_MODULE": "filo.config.settings"}
    return kept | own | more


def run_in_house(environ: dict[str, str], *words: str) -> None:
    """A command there, to its end. Raises `NotReceived` when it fails."""
    done = subprocess.run([sys.executable, "-P", "-m", "filo", *words], env=environ, check=False, capture_output=True)  # noqa: S603
    if done.returncode:
        raise NotReceived(done.stderr.decode(errors="replace")[-400:])


def say_in_house(environ: dict[str, str], code: str) -> str:
    """What a piece of Python prints there."""
    command = [sys.executable, "-P", "-c", f"import django; django.setup()\n{code}"]
    return subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout  # noqa: S603


def _waiting(environ: dict[str, str]) -> int:
    code = (
        "from filo.collaborative.mailroom.models import *\nprint(IncomingMail.objects.filter(state='received').count())"
    )
    return int(say_in_house(environ, code))


@contextlib.contextmanager
def _running(environ: dict[str, str], *words: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, "-P", "-m", *words], env=environ, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with contextlib.closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
