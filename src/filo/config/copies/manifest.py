"""What a backup says of itself: when, by what, and how many rows and bytes of what it holds."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from filo.config import env
from filo.config.copies.refusals import NoBackup

FORM = 1
ROOT = Path(__file__).resolve().parents[4]
Migrations = list[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """How many rows a table has, and the SHA-256 of them as they are told (see docs/keeping.md)."""

    rows: int
    sha256: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class File:
    """A file of the data directory."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Content:
    """What a database held at one moment."""

    tables: Mapping[str, Table]
    migrations: Migrations
    sequences: Mapping[str, int]


@dataclass(frozen=True)
class Manifest:
    """The whole of it; `key` tells keys apart without telling the key, `has_key` whether the key itself is inside."""

    taken_at: datetime
    version: str
    commit: str
    engine: str
    key: str
    has_key: bool
    content: Content
    files: Mapping[str, File]

    def written(self) -> bytes:
        """As it stands in the file."""
        told = asdict(self) | {"form": FORM, "taken_at": self.taken_at.isoformat()}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def read_manifest(text: bytes) -> Manifest:
    """A manifest as it stands in a file. Raises `NoBackup` for one that this version does not understand."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told["form"] != FORM:
            raise NoBackup
        content = told["content"]
        return Manifest(
            taken_at=datetime.fromisoformat(told["taken_at"]),
            version=told["version"],
            commit=told["commit"],
            engine=told["engine"],
            key=told["key"],
            has_key=told["has_key"],
            content=Content(
                {
                    name: Table(one["rows"], one["sha256"], tuple(one["columns"]))
                    for name, one in content["tables"].items()
                },
                [(app, name) for app, name in content["migrations"]],
                dict(content["sequences"]),
            ),
            files={name: File(**one) for name, one in told["files"].items()},
        )
    except (KeyError, TypeError, ValueError):
        raise NoBackup from None


def fingerprint(key: str) -> str:
    """What tells one secret key from another and nothing more."""
    return hmac.new(key.encode(), b"filo: which key is this", hashlib.sha256).hexdigest()[:16]


def own_key() -> str:
    """The fingerprint of this installation's key, as it is now in the environment or in its file."""
    return fingerprint(env.secret_key(Path(settings.DATA_DIR), embedded=settings.DATABASE.embedded))


def commit() -> str:
    """The commit that this program was checked out at; empty where it was not."""
    try:
        head = (ROOT / ".git" / "HEAD").read_text(encoding="ascii").strip()
        reference = head.removeprefix("ref: ")
        if reference == head:
            return head
        place = ROOT / ".git" / reference
        if place.is_file():
            return place.read_text(encoding="ascii").strip()
        packed = (ROOT / ".git" / "packed-refs").read_text(encoding="ascii").splitlines()
        return next((line.split()[0] for line in packed if line.endswith(f" {reference}")), "")
    except OSError:
        return ""
