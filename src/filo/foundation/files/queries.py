"""Reads of files; who asks has made sure that whoever he asks for may read what the file hangs on."""

from __future__ import annotations

import hashlib
from pathlib import Path

from filo.foundation.files import places
from filo.foundation.files.errors import FileGone
from filo.foundation.files.models import StoredFile


def path_of(file: StoredFile) -> Path:
    """Where the bytes lie. Raises `FileGone` when they do not."""
    place = places.place_of(file.sha256)
    if not place.is_file():
        raise FileGone
    return place


def read_file(file: StoredFile) -> bytes:
    """All the bytes. Raises `FileGone` when they are missing or are not those that were stored."""
    try:
        data = places.place_of(file.sha256).read_bytes()
    except FileNotFoundError:
        raise FileGone from None
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise FileGone
    return data
