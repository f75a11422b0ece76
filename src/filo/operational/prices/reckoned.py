"""A version for what has no row of its own to keep one in: reckoned from what it says."""

from __future__ import annotations

import json
import zlib


def version_of(*said: object) -> int:
    """A number that is another one when something else is said; it fits into an ETag."""
    text = json.dumps(said, default=str, sort_keys=True, ensure_ascii=False)
    return zlib.crc32(text.encode()) % 999_999_999 + 1
