"""Identifiers and moments as the database stores them, made by a seeded generator."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

DAY = 86_400_000


def hex7(rng: random.Random, milliseconds: int) -> str:
    """A UUIDv7 of a moment (milliseconds since 1970), as 32 hex digits."""
    return f"{milliseconds:012x}7{rng.getrandbits(12):03x}{0x8000 | rng.getrandbits(14):04x}{rng.getrandbits(48):012x}"


def text_of(milliseconds: int) -> str:
    """The moment in UTC as both engines take it."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    return moment.strftime("%Y-%m-%d %H:%M:%S.%f")
