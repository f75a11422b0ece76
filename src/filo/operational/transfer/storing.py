"""Keeps files under the hash of what is in them, never under a name that somebody gave them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from filo.foundation.folding import clean_line
from filo.foundation.ids import uuid7
from filo.operational.transfer.places import folder


@dataclass(frozen=True)
class Kept:
    """A file that is kept."""

    path: Path
    sha256: str
    size: int


def keep(blocks: Iterable[bytes]) -> Kept:
    """Store what the blocks hold; the same content is stored once."""
    root = folder()
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    coming = root / f"coming-{uuid7().hex}"
    digest, size = hashlib.sha256(), 0
    try:
        with open(os.open(coming, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for block in blocks:
                digest.update(block)
                size += len(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        path = root / digest.hexdigest()[:2] / digest.hexdigest()
        path.parent.mkdir(exist_ok=True, mode=0o700)
        coming.replace(path)
    finally:
        coming.unlink(missing_ok=True)
    return Kept(path, digest.hexdigest(), size)


def shown_name(name: str) -> str:
    """The name of a file as people see it: its last part, without what cannot be seen."""
    return clean_line(name.replace("\\", "/").rpartition("/")[2], max_length=200) or "file.csv"


def blocks_of(path: Path, *, size: int = 1 << 20) -> Iterable[bytes]:
    """The content of a file, block by block."""
    with path.open("rb") as file:
        while block := file.read(size):
            yield block
