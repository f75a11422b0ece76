"""Where the bytes lie: under `MEDIA_ROOT/stored`, named by their SHA-256, whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from filo.foundation.ids import uuid7

# Who stores a content that lies there already touches it first, and writes his row soon after.
GRACE_SECONDS = 24 * 3600


def folder() -> Path:
    """The folder of all contents."""
    return Path(settings.MEDIA_ROOT) / "stored"


def place_of(sha256: str) -> Path:
    """The file of a content. Raises ValueError for what is no hash."""
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise ValueError("not a SHA-256")
    return folder() / sha256[:2] / sha256


def put(data: bytes) -> str:
    """Keep bytes on the disk, for their owner's eyes only, and survive a fall of the machine; gives their hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    place = place_of(sha256)
    with contextlib.suppress(FileNotFoundError):
        if place.stat().st_size == len(data):
            os.utime(place)
            return sha256
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.parent / f".{uuid7()}.part"
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        half.rename(place)
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)
    return sha256


def old_contents(now: float | None = None) -> Iterator[Path]:
    """Contents (and halves of a fallen writer) that nobody has stored again for a day."""
    before = (time.time() if now is None else now) - GRACE_SECONDS
    for place in folder().glob("*/*"):
        with contextlib.suppress(FileNotFoundError):
            if place.stat().st_mtime < before:
                yield place


def _sync_folder(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
