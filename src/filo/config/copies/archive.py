"""The file of a backup: a tar in gzip that any tool opens, closed by a seal over every byte of it.

Three gzip members in a row: what was taken; the manifest, which ends the tar; and the seal, which unpacks to
nothing and says in its comment where the manifest begins and what the SHA-256 of all before it is. So one
stream suffices to write it, the manifest is read without unpacking the rest, and a single wrong bit is found.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from filo.config.copies.progress import Tell
from filo.config.copies.refusals import BrokenBackup, NoBackup

LEVEL = 1  # the slower levels take three times as long for a tenth less
BLOCK = 1 << 20
MANIFEST = "manifest.json"
_END_OF_TAR = bytes(1024)
_SEAL = re.compile(rb"filo backup 1, manifest at (\d{20}), sha256 ([0-9a-f]{64})")


class Readable(Protocol):
    """What is read block by block."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes, none at the end."""


class Writer:
    """Puts parts into the file, one after the other."""

    def __init__(self, target: IO[bytes]) -> None:
        self._sink = _Sink(target)
        self._packed = _packing(self._sink)

    def add(self, name: str, content: bytes) -> None:
        """A part that is at hand."""
        self._packed.write(_header(name, len(content)) + content + _padding(len(content)))

    def add_file(self, name: str, source: Readable, size: int) -> str:
        """A part that is read block by block; gives its SHA-256. Raises OSError when it is shorter than it was."""
        digest, left = hashlib.sha256(), size
        self._packed.write(_header(name, size))
        while left:
            block = source.read(min(BLOCK, left))
            if not block:
                raise OSError(f"{name} became shorter while it was read")
            digest.update(block)
            self._packed.write(block)
            left -= len(block)
        self._packed.write(_padding(size))
        return digest.hexdigest()

    def close(self, manifest: bytes) -> int:
        """The manifest and the seal; gives how large the file is."""
        self._packed.close()
        begins = self._sink.count
        with _packing(self._sink) as packed:
            packed.write(_header(MANIFEST, len(manifest)) + manifest + _padding(len(manifest)) + _END_OF_TAR)
        self._sink.write(_seal(begins, self._sink.digest_with(begins)))
        return self._sink.count


class _Sink(io.RawIOBase):
    """Counts and digests what goes by."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.count = 0

    def writable(self) -> bool:
        return True

    def write(self, block: object) -> int:
        content = bytes(block)  # type: ignore[call-overload]  # gzip writes buffers of all kinds
        self._target.write(content)
        self._digest.update(content)
        self.count += len(content)
        return len(content)

    def digest_with(self, begins: int) -> str:
        """The digest of all so far, and of the place that the seal tells."""
        return _told_by(self._digest.copy(), begins)


def _packing(sink: _Sink) -> gzip.GzipFile:
    return gzip.GzipFile(filename="", mode="wb", compresslevel=LEVEL, fileobj=sink, mtime=0)


def _header(name: str, size: int) -> bytes:
    part = tarfile.TarInfo(name)
    part.size, part.mode = size, 0o600
    return part.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


def _told_by(digest: hashlib._Hash, begins: int) -> str:
    digest.update(b"%020d" % begins)
    return digest.hexdigest()


def _seal(begins: int, digest: str) -> bytes:
    """An empty gzip member with a comment (RFC 1952)."""
    comment = b"filo backup 1, manifest at %020d, sha256 %s" % (begins, digest.encode())
    return b"\x1f\x8b\x08\x10\0\0\0\0\0\xff" + comment + b"\0" + b"\x03\0" + bytes(8)


_SEAL_LENGTH = len(_seal(0, "0" * 64))


@dataclass(frozen=True)
class Archive:
    """A file whose every byte was looked at."""

    path: Path
    manifest_at: int

    def manifest(self) -> bytes:
        """What it says of itself."""
        with self.path.open("rb") as file:
            file.seek(self.manifest_at)
            for name, _size, part in _parts(file):
                if name == MANIFEST:
                    return part.read()
        raise BrokenBackup

    def parts(self) -> Iterator[tuple[str, int, IO[bytes]]]:
        """Every part but the manifest: its name, its size, and what it is read from until the next one is asked for."""
        with self.path.open("rb") as file:
            for name, size, part in _parts(file):
                if name != MANIFEST:
                    yield name, size, part


def _parts(file: IO[bytes]) -> Iterator[tuple[str, int, IO[bytes]]]:
    try:
        with (
            gzip.GzipFile(fileobj=file, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|", bufsize=BLOCK) as tar,
        ):
            for found in tar:
                part = tar.extractfile(found) if found.isreg() else None
                if part is not None:
                    yield found.name, found.size, part
    except (tarfile.TarError, EOFError, gzip.BadGzipFile):
        raise BrokenBackup from None


def checked(path: Path, tell: Tell) -> Archive:
    """The file, once every byte of it was found to be as it was written. Raises `BrokenBackup`, `NoBackup`."""
    size = path.stat().st_size
    if size <= _SEAL_LENGTH:
        raise NoBackup
    with path.open("rb") as file:
        file.seek(size - _SEAL_LENGTH)
        seal = file.read()
        told = _SEAL.search(seal)
        if told is None:
            raise NoBackup
        file.seek(0)
        digest, left = hashlib.sha256(), size - _SEAL_LENGTH
        while left:
            block = file.read(min(BLOCK, left))
            if not block:
                raise BrokenBackup
            digest.update(block)
            left -= len(block)
            tell("checking the backup", size - _SEAL_LENGTH - left, size - _SEAL_LENGTH)
    begins = int(told[1])
    if _seal(begins, _told_by(digest, begins)) != seal:
        raise BrokenBackup
    return Archive(path, begins)


def settle(path: Path) -> None:
    """Have the directory know for good what was renamed in it."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
