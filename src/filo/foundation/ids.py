"""Identifiers: UUIDv7, which sort by the time they were made (RFC 9562, section 5.7)."""

from __future__ import annotations

import os
import time
from datetime import datetime
from uuid import UUID


def uuid7() -> UUID:
    """A new identifier from the present millisecond and 74 random bits."""
    return uuid7_at(time.time_ns() // 1_000_000)


def uuid7_at(milliseconds: int) -> UUID:
    """A new identifier as if made at `milliseconds` since 1970 (UTC)."""
    random = int.from_bytes(os.urandom(10), "big") & ((1 << 74) - 1)
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & ((1 << 62) - 1)
    return UUID(int=value)


def uuid7_for(moment: datetime) -> UUID:
    """A new identifier for something that happened at `moment` (aware)."""
    return uuid7_at(int(moment.timestamp() * 1000))
