"""How long to wait before trying again."""

from __future__ import annotations

import random
from datetime import timedelta

FIRST = 5.0
LONGEST = 3600.0


def wait_after(attempt: int) -> timedelta:
    """The wait after the n-th failed attempt: 5 s, 15 s, 45 s … up to an hour, give or take a fifth, so that
    what failed together does not come back together.
    """
    seconds = min(FIRST * 3.0 ** min(attempt - 1, 10), LONGEST)
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311 (spreads load, guards nothing)
