"""The reader in a process of its own, kept for as long as it lives and replaced when it dies."""

from __future__ import annotations

import atexit
import json
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from filo.collaborative.mailroom.models import IncomingMail, Mailbox
from filo.collaborative.mailroom.reading.errors import Refused
from filo.collaborative.mailroom.reading.house import House
from filo.collaborative.mailroom.reading.parsed import from_json
from filo.collaborative.mailroom.replies import Read, answer_line
from filo.foundation.files.queries import path_of
from filo.foundation.mail.composing import house_mark

MEGABYTES = 256
SECONDS, FIRST_SECONDS = 20.0, 3.0
_CHILD = (sys.executable, "-P", "-m", "filo.collaborative.mailroom.reading.child", str(MEGABYTES))
_MOST_MAILS = 2000  # what leaks in others' code goes with the process


@dataclass
class Reader:
    """Asks the child about one mail at a time."""

    seconds: float = SECONDS
    first_seconds: float = FIRST_SECONDS
    _child: subprocess.Popen[bytes] | None = None
    _read: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def read(self, mail: IncomingMail, *, patient: bool) -> Read:
        """Read one mail. A first look is short, so that a slow one does not keep the others waiting.

        Raises `Refused`, and `FileGone` when its content is not there.
        """
        scratch = Path(tempfile.mkdtemp(prefix="filo-mail-"))
        known = bool(mail.mailbox_id and not (mail.mailbox and mail.mailbox.imap_host))
        question = {
            "path": str(path_of(mail.raw)),
            "scratch": str(scratch),
            "house": house().to_json(),
            "envelope_from": mail.envelope_from if known or mail.envelope_from else None,
        }
        try:
            answer = self.ask(question, self.seconds if patient else self.first_seconds, is_last=patient)
            if "refusal" in answer:
                raise Refused(answer["refusal"], answer["detail"], is_final=answer["final"])
            return Read(from_json(answer["mail"]), scratch)
        except BaseException:
            shutil.rmtree(scratch, ignore_errors=True)
            raise

    def ask(self, question: dict[str, Any], seconds: float, *, is_last: bool = True) -> dict[str, Any]:
        """The child's answer. Raises `Refused` when it takes too long, or dies over it."""
        with self._lock:
            child = self._living()
            assert child.stdin is not None  # noqa: S101  (both are pipes)
            try:
                child.stdin.write(json.dumps(question).encode() + b"\n")
                child.stdin.flush()
                line = answer_line(child, seconds)
            except OSError:
                line = ""
            if line is None or not line:
                self._end()
                # That it dies may be somebody else's doing (a worker that ends); that it is too slow is not.
                code = "too-long" if line is None else "reader-died"
                raise Refused(code, is_final=line is None and is_last)
            self._read += 1
            return dict(json.loads(line))

    def close(self) -> None:
        """End the child."""
        with self._lock:
            self._end()

    def _living(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._child.poll() is not None or self._read >= _MOST_MAILS):
            self._end()
        if self._child is None:
            pipe = subprocess.PIPE
            self._child = subprocess.Popen(_CHILD, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603
            self._read = 0
        return self._child

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.wait()
            for pipe in (child.stdin, child.stdout):
                if pipe is not None:
                    with suppress(OSError):
                        pipe.close()


def house() -> House:
    """What the reader has to know of us."""
    addresses = Mailbox.objects.in_use().values_list("address", flat=True)
    return House(
        addresses=frozenset(address.lower() for address in addresses),
        mark=house_mark(),
        servers=frozenset(settings.MAIL_AUTH_SERVERS),
    )


@cache
def reader() -> Reader:
    """The reader of this process."""
    return _ended_with_us()


@cache
def patient_reader() -> Reader:
    """The reader of this process for what was tried before, so that slow mails keep no others waiting."""
    return _ended_with_us()


def _ended_with_us() -> Reader:
    found = Reader()
    atexit.register(found.close)
    return found
