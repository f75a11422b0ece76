"""Identifiers: UUIDv7, which sort by the time they were made (RFC 9562, section 5.7)."""

from __future__ import annotations

import os
import time
from datetime import datetime
from threading import Lock
from uuid import UUID

_RANDOM_BITS = (1 << 74) - 1
_STEP_BITS = (1 << 40) - 1

_one_at_a_time = Lock()
_latest = (0, 0)


def uuid7() -> UUID:
    """A new identifier from the present millisecond and 74 random bits.

    What one process makes within a millisecond sorts in the order of its making (RFC 9562, 6.2, method 2).
    """
    global _latest
    with _one_at_a_time:
        moment, random = time.time_ns() // 1_000_000, _random(_RANDOM_BITS)
        if moment == _latest[0]:
            random = (_latest[1] + 1 + (random & _STEP_BITS)) & _RANDOM_BITS
        _latest = (moment, random)
    return _written(moment, random)


def uuid7s(number: int) -> list[UUID]:
    """So many new identifiers, in the order of their making: for rows that are written by the thousand."""
    global _latest
    if not number:
        return []
    steps = os.urandom(5 * number)
    with _one_at_a_time:
        moment = time.time_ns() // 1_000_000
        value = _latest[1] if moment == _latest[0] else _random(_RANDOM_BITS)
        found = []
        for place in range(0, 5 * number, 5):
            value = (value + 1 + int.from_bytes(steps[place : place + 5], "big")) & _RANDOM_BITS
            found.append(_written(moment, value))
        _latest = (moment, value)
    return found


def uuid7_at(milliseconds: int) -> UUID:
    """A new identifier as if made at `milliseconds` since 1970 (UTC)."""
    return _written(milliseconds, _random(_RANDOM_BITS))


def uuid7_for(moment: datetime) -> UUID:
    """A new identifier for something that happened at `moment` (aware)."""
    return uuid7_at(int(moment.timestamp() * 1000))


def _random(mask: int) -> int:
    return int.from_bytes(os.urandom(10), "big") & mask


def _written(milliseconds: int, random: int) -> UUID:
    value = (milliseconds & ((1 << 48) - 1)) << 80
    value |= 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & ((1 << 62) - 1)
    return UUID(int=value)
