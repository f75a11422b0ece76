"""What the reader in a process of its own answers, and how it is heard."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

from filo.collaborative.mailroom.reading.parsed import Attachment, ParsedMail
from filo.foundation.files.services import store_file


@dataclass
class Read:
    """A mail that was read; its files lie in a folder of its own until they are kept, or let go of."""

    mail: ParsedMail
    scratch: Path

    def kept(self) -> ParsedMail:
        """The mail with its files stored, in the caller's transaction."""
        return replace(self.mail, attachments=tuple(self._stored(one) for one in self.mail.attachments))

    def let_go(self) -> None:
        """Nobody needs the folder any more."""
        shutil.rmtree(self.scratch, ignore_errors=True)

    def _stored(self, one: Attachment) -> Attachment:
        data = (self.scratch / Path(one.file).name).read_bytes()
        stored = store_file(data, name=one.name, media_type=one.media_type)
        return replace(one, file=str(stored.id), name=stored.name, media_type=stored.media_type)


def answer_line(child: subprocess.Popen[bytes], seconds: float) -> str | None:
    """The next line that the child says; empty when it has died, None when it takes too long."""
    assert child.stdout is not None  # noqa: S101  (it is a pipe)
    deadline = time.monotonic() + seconds
    pieces: list[bytes] = []
    handle = child.stdout.fileno()
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([handle], [], [], left)[0]:
            break
        piece = os.read(handle, 1 << 20)
        if not piece:
            return ""
        pieces.append(piece)
        if piece.endswith(b"\n"):
            return b"".join(pieces).decode("ascii")
    return None
