"""The folder over which files are exchanged with whoever carries them to the exchange.

Under `invoices/NAME` of the data directory: `out/` for what leaves, whole as soon as it is there under its name; `in/`
for what comes back, which is read, and then moved to `done/`, or to `aside/` where it could not be. A file is left
alone until it has not changed for some seconds; names that begin with a point or end in .part and .tmp are nobody's
yet.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from filo.foundation import clock

FOLDER = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
QUIET_SECONDS = 3.0
LARGEST = 30 * 1024 * 1024  # bytes; the exchange itself takes no more
_UNFINISHED = (".part", ".tmp")


@dataclass(frozen=True, slots=True)
class Folder:
    """One of them, by its name. Raises `ValueError` for what is no name."""

    name: str

    def __post_init__(self) -> None:
        if not FOLDER.fullmatch(self.name):
            raise ValueError(self.name)

    def place(self, part: str) -> Path:
        """`out`, `in`, `done` or `aside`."""
        return Path(settings.DATA_DIR) / "invoices" / self.name / part

    def put(self, name: str, content: bytes) -> Path:
        """Lay a file into `out`, whole or not at all, for its owner's eyes; again in the place of itself.

        Raises `OSError`, and `ValueError` for a name with a path in it.
        """
        if Path(name).name != name or name.startswith("."):
            raise ValueError(name)
        target = self._made("out")
        half = target / f".{name}.part"
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target / name)
        return target / name

    def waiting(self) -> Iterator[Path]:
        """The files in `in` that nobody writes any more, by their names. Raises `OSError`."""
        place = self.place("in")
        for file in sorted(place.iterdir()) if place.is_dir() else ():
            unfinished = file.name.startswith(".") or file.name.lower().endswith(_UNFINISHED)
            if unfinished or file.is_symlink() or not file.is_file():
                continue
            if time.time() - file.stat().st_mtime >= QUIET_SECONDS:
                yield file

    def move(self, file: Path, part: str) -> None:
        """Out of `in`, with the moment before its name, so that nothing takes another's place. Raises `OSError`."""
        file.replace(self._made(part) / f"{clock.now():%Y%m%d-%H%M%S-%f}-{file.name}")

    def make(self) -> None:
        """So that a share can be laid over it. Raises `OSError`."""
        for part in ("out", "in", "done", "aside"):
            self._made(part)

    def _made(self, part: str) -> Path:
        place = self.place(part)
        place.mkdir(parents=True, exist_ok=True, mode=0o750)
        return place
