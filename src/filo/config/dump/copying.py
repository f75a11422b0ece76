"""The files of an installation, copied into a dump under their hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from filo.config.copies.archive import BLOCK
from filo.config.copies.files import KEY, data_directory, kept_files
from filo.config.copies.manifest import File
from filo.config.copies.progress import Tell
from filo.foundation.ids import uuid7


def files(folder: Path, tell: Tell) -> dict[str, File]:
    """The files under their hash, so that one content lies there once; never the secret key."""
    found: dict[str, File] = {}
    (folder / "files").mkdir(mode=0o700)
    for path in kept_files():
        name = path.relative_to(data_directory()).as_posix()
        if name == KEY:
            continue
        half = folder / "files" / f"{uuid7().hex}.part"
        try:
            found[name] = copied(path, half)
            half.replace(folder / "files" / found[name].sha256)
        except FileNotFoundError:  # it went meanwhile, and is not the firm's any more
            half.unlink(missing_ok=True)
        tell("files", len(found), 0)
    return found


def copied(source: Path, target: Path) -> File:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as old, open(os.open(target, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as new:
        while block := old.read(BLOCK):
            digest.update(block)
            size += len(block)
            new.write(block)
    return File(size, digest.hexdigest())
