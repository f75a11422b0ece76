"""Finds the kind of a file by what is in it, asking every module of this directory."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from filo.operational.transfer import formats
from filo.operational.transfer.unfolding import HEAD, Format, Head, Refused

# What people hand in by mistake, by its first bytes.
_NOT_TABLES = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"BM\x36", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"{\\rtf", "text-document"),
    (b"Rar!", "packed-file"),
    (b"7z\xbc\xaf\x27\x1c", "packed-file"),
    (b"\x1f\x8b", "packed-file"),
    (b"SQLite format 3\x00", "database"),
)
_EMPTY = b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"


@cache
def all_formats() -> dict[str, Format]:
    """Every kind of file by its code, in the order in which they are asked."""
    names = [found.name for found in pkgutil.iter_modules(formats.__path__)]
    modules = [importlib.import_module(f"{formats.__name__}.{name}") for name in names if name != "child"]
    found = [module.FORMAT for module in modules if hasattr(module, "FORMAT")]
    return {known.code: known for known in sorted(found, key=lambda known: known.place)}


def format_of(path: Path) -> Format:
    """The kind of a file. Raises `Refused` for what is none that can be read."""
    with path.open("rb") as file:
        content = file.read(HEAD)
    if not content.strip(_EMPTY):
        raise Refused("empty-file")
    for magic, code in _NOT_TABLES:
        if content.startswith(magic):
            raise Refused(code)
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise Refused("picture")
    head = Head(path, content)
    return next(known for known in all_formats().values() if known.claims(head))
