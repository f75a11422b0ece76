"""Keeps the files of exports under the hash of what is in them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from filo.foundation import clock
from filo.foundation.ids import uuid7
from filo.operational.exports.models import folder

LEFT_AFTER = timedelta(days=1)
COMING = "coming-"


@dataclass
class Coming:
    """A file that is being written; once the block is over, how it is kept."""

    file: BinaryIO
    sha256: str = ""
    size: int = 0


@contextmanager
def kept_file() -> Iterator[Coming]:
    """A new file; what the block writes is kept under its hash, or not at all when the block does not end well."""
    root = folder()
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = root / f"{COMING}{uuid7().hex}"
    try:
        with open(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            coming = Coming(file)
            yield coming
            file.flush()
            coming.size = file.seek(0, os.SEEK_END)
            file.seek(0)
            coming.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        target = root / coming.sha256[:2] / coming.sha256
        target.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(target)
    finally:
        path.unlink(missing_ok=True)


def forget_file(path: Path) -> None:
    """Delete a file that nothing names any more."""
    path.unlink(missing_ok=True)


def sweep_left_behind(is_named: Callable[[str], bool]) -> int:
    """Delete what a process that was killed has left half written, and whole files that no export names: of those
    that were stopped while the last of them was written.
    """
    oldest = (clock.now() - LEFT_AFTER).timestamp()
    old = [path for path in folder().rglob("*") if path.is_file() and path.stat().st_mtime < oldest]
    left = [path for path in old if path.name.startswith(COMING) or not is_named(path.name)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)
