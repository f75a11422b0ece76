"""Mail comes in at the real process: killed at any moment, nothing that was acknowledged is lost or there twice."""

from __future__ import annotations

import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from filo.config.processes import until
from filo.testing.houses import House, house

TO = "info@aurora.example"
MAILBOX = """
from filo.collaborative.mailroom.models import Mailbox
from filo.foundation import clock
Mailbox.objects.create(address="info@aurora.example", name="Info", created_at=clock.now())
"""
LEDGER = """
import json
from filo.collaborative.mailroom.models import IncomingMail
from filo.foundation.files.queries import read_file
rows = IncomingMail.objects.select_related("raw").order_by("id")
told = [[row.message_id, row.state, row.kind, row.facts.get("taken"), bool(read_file(row.raw))] for row in rows]
print(json.dumps(told))
"""
# A taker that counts on the disk how often it was called, and is slow enough to be killed in the middle.
TAKES = """
import time
from filo.collaborative.mailroom import takers
from filo.collaborative.mailroom.apart import reader
from filo.collaborative.mailroom.services.taking import take_in_waiting
takers._takers.clear()
def take(incoming, read):
    incoming.facts = {**incoming.facts, "taken": incoming.facts.get("taken", 0) + 1}
    incoming.save(update_fields=["facts"])
    time.sleep(0.02)
    print(read.message_id, flush=True)
takers.take("message", by=take)
take_in_waiting(reader())
take_in_waiting(reader(), again=True)
"""
# What the killed ones had claimed is free again.
LATER = """
from filo.collaborative.mailroom.models import IncomingMail
IncomingMail.objects.update(claimed_until=None)
"""


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def receiving(home: House, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The process that receives mail, within the block."""
    environ = home.environ | {"FILO_MAIL_IN": f"127.0.0.1:{port}"}
    process = subprocess.Popen([sys.executable, "-P", "-m", "filo.config.mail_in"], env=environ)
    try:
        assert until(lambda: answers(port), seconds=30)
        yield process
    finally:
        process.kill()
        process.wait()


def answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def raw(number: int) -> bytes:
    heads = f"From: Mario <mario@example.it>\r\nTo: {TO}\r\nSubject: prova {number}\r\n"
    return f"{heads}Message-ID: <{number}@example.it>\r\nDate: Sat, 16 May 2026 10:00:00 +0200\r\n\r\nciao".encode()


@pytest.mark.slow
def test_killed_while_mail_comes_in_and_while_it_is_taken_in(tmp_path: Path) -> None:
    with house(tmp_path / "home") as home:
        home.filo("migrate")
        home.python(MAILBOX)
        port, acknowledged = free_port(), set()
        waiting = list(range(60))
        for _life in range(3):  # a sender tries again whatever was not acknowledged, as mail servers do
            with receiving(home, port) as process:
                for place, number in enumerate(list(waiting)):
                    if _life < 2 and place == 15:
                        os.kill(process.pid, signal.SIGKILL)
                    try:
                        with smtplib.SMTP("127.0.0.1", port, timeout=10) as line:
                            line.sendmail("mario@example.it", [TO], raw(number))
                    except (OSError, smtplib.SMTPException):
                        break
                    acknowledged.add(f"<{number}@example.it>")
                    waiting.remove(number)
        assert waiting == []
        for _life in range(3):
            taking = start(home, TAKES)
            assert taking.stdout is not None
            for _number in range(10):
                taking.stdout.readline()
            os.kill(taking.pid, signal.SIGKILL)
            taking.wait()
        home.python(LATER + TAKES)
        rows = json.loads(home.python(LEDGER))
    assert sorted(row[0] for row in rows) == sorted(acknowledged)
    assert {tuple(row[1:]) for row in rows} == {("taken", "message", 1, True)}


def start(home: House, code: str) -> subprocess.Popen[str]:
    environ = home.environ | {"DJANGO_SETTINGS_MODULE": "filo.config.settings"}
    command = [sys.executable, "-P", "-c", f"import django; django.setup()\n{code}"]
    return subprocess.Popen(command, env=environ, stdout=subprocess.PIPE, text=True)
