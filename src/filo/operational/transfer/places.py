"""Where files lie: the original under the hash of what is in it, the tables it was unfolded into beside it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings


def folder() -> Path:
    """Where the files of imports are kept."""
    return Path(settings.MEDIA_ROOT) / "imports"


def original_of(sha256: str) -> Path:
    """The file with this hash."""
    return folder() / sha256[:2] / sha256


def table_of(original: Path, part: str) -> Path:
    """The table of a file, or of one of its sheets."""
    name = hashlib.sha256(part.encode()).hexdigest()[:16] if part else "table"
    return original.with_name(f"{original.name}.{name}.csv")


def remove(original: Path) -> None:
    """The file with all its tables."""
    original.unlink(missing_ok=True)
    for table in original.parent.glob(f"{original.name}.*.csv"):
        table.unlink(missing_ok=True)
