"""The files of the data directory: which of them a copy holds, and how they come back."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from django.conf import settings

from filo.config.copies.archive import BLOCK, Readable, Writer
from filo.config.copies.manifest import File
from filo.config.copies.progress import Tell
from filo.config.copies.refusals import BrokenBackup
from filo.foundation.ids import uuid7

KEY = "secret-key"
# Made anew, belongs to this machine alone, or is itself a copy.
LEFT_OUT = {"metrics", "bench", "backups", "start-code", "migrate.lock", "filo.sqlite3", "test.sqlite3"}
UNFINISHED = (".part", ".lock", ".new", "-wal", "-shm", "-journal", ".copy")


def kept_files() -> Iterator[Path]:
    """Every file that belongs to the firm, the secret key of an embedded installation among them."""
    root = data_directory()
    for place, folders, names in os.walk(root):
        top = Path(place) == root
        folders[:] = sorted(name for name in folders if not _is_left_out(name, top=top))
        for name in sorted(names):
            path = Path(place, name)
            if not _is_left_out(name, top=top) and path.is_file() and not path.is_symlink():
                yield path


def data_directory() -> Path:
    """Where they lie."""
    return Path(settings.DATA_DIR)


def _is_left_out(name: str, *, top: bool) -> bool:
    if name.startswith((".", "coming-")) or name.endswith(UNFINISHED):
        return True
    if name == KEY and top:
        return not settings.DATABASE.embedded
    database = Path(str(settings.DATABASES["default"]["NAME"])).name if settings.DATABASE.is_sqlite else ""
    return top and (name in LEFT_OUT or name == database)


def add_files(writer: Writer, tell: Tell) -> dict[str, File]:
    """Put them into a backup; one that goes meanwhile is left out, as it is not the firm's any more."""
    found: dict[str, File] = {}
    total, done = size_of_files(), 0
    for path in list(kept_files()):
        name = path.relative_to(data_directory()).as_posix()
        try:
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                found[name] = File(size, writer.add_file(f"files/{name}", file, size))
        except FileNotFoundError:
            continue
        done += size
        tell("copying files", done, max(total, done))
    return found


def size_of_files() -> int:
    """Bytes of all of them, but for what goes meanwhile."""
    total = 0
    for path in kept_files():
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


def with_a_place_here(files: Mapping[str, File]) -> dict[str, File]:
    """Those that can be put here: no key where the environment says which it is. Raises `BrokenBackup` for a name
    that leads elsewhere, so that it is known before anything is changed.
    """
    found = {name: file for name, file in files.items() if name != KEY or settings.DATABASE.embedded}
    if any(_place(name) is None for name in found):
        raise BrokenBackup
    return found


def put_file(name: str, source: Readable, told: File) -> Path:
    """Put one into the data directory, whole or not at all. Raises `BrokenBackup` when it is not as it was told."""
    path = _place(name)
    if path is None:
        raise BrokenBackup
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f".{uuid7().hex}.part")
    digest, size = hashlib.sha256(), 0
    try:
        with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            while block := source.read(BLOCK):
                digest.update(block)
                size += len(block)
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        if (size, digest.hexdigest()) != (told.size, told.sha256):
            raise BrokenBackup
        half.replace(path)
    finally:
        half.unlink(missing_ok=True)
    return path


def _place(name: str) -> Path | None:
    """Where a file of this name belongs; None for a name that leads elsewhere."""
    parts = PurePosixPath(name).parts
    if not parts or PurePosixPath(name).is_absolute() or {"..", "", "."} & set(parts) or "\0" in name:
        return None
    if parts[0] == KEY and (len(parts) > 1 or not settings.DATABASE.embedded):
        return None
    return None if _is_left_out(parts[0], top=True) else data_directory().joinpath(*parts)
