"""How long a delivery waits after each failure, and how long an endpoint that keeps failing is left alone."""

from __future__ import annotations

import random
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# Some three days in all; then it is given up and left to a person.
AFTER = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=18),
    timedelta(hours=22),
)
MOST_ATTEMPTS = len(AFTER) + 1
# So many failures in a row, of whatever deliveries, and the endpoint rests: it is the peer that is ill, not one event.
RESTS_AFTER = 3
FIRST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(minutes=15)
# Shorter than the shortest way to giving up: who has not answered once meanwhile is switched off with it.
PATIENCE = timedelta(days=2.5)
# Who asks for more is asked again after this.
LONGEST_ASKED = timedelta(days=1)


def wait_after(attempts: int) -> timedelta:
    """The wait after the n-th failed attempt, give or take a tenth: what fell together must not come together."""
    wait = AFTER[min(attempts, len(AFTER)) - 1]
    return wait * random.uniform(0.9, 1.1)  # noqa: S311 (spreads load, guards nothing)


def rest_after(failures: int) -> timedelta | None:
    """How long an endpoint is left alone after so many failures in a row; None: not yet."""
    if failures < RESTS_AFTER:
        return None
    rest: timedelta = FIRST_REST * (1 << min(failures - RESTS_AFTER, 10))
    return min(rest, LONGEST_REST)


def asked_for(retry_after: str, moment: datetime) -> timedelta | None:
    """The wait that a receiver asks for with `Retry-After` (RFC 9110: seconds, or a date), at most a day.

    None when it asks for none, or for one that cannot be read.
    """
    told = retry_after.strip()
    wait = None
    if told.isascii() and told.isdigit():
        wait = timedelta(seconds=min(int(told[:9]), LONGEST_ASKED.total_seconds()))
    else:
        with suppress(ValueError, OverflowError):
            until = parsedate_to_datetime(told)
            wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - moment
    return min(wait, LONGEST_ASKED) if wait and wait > timedelta(0) else None
