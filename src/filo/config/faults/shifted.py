"""Gives the processes of a copy another time of day, by the clocks of program and Django; waits last as long as ever.

The system's own way, libfaketime, breaks Python's sleep, which reckons with the steady clock.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

from django.utils import timezone

from filo.foundation import clock

LOOK_EVERY = 0.1


def shift_by(place: Path) -> None:
    """From now on this process reads in a file by how many seconds its clock is wrong."""
    seen_at, offset = 0.0, timedelta()

    class Shifted(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            nonlocal seen_at, offset
            if time.monotonic() - seen_at > LOOK_EVERY:
                seen_at, offset = time.monotonic(), timedelta(seconds=float(place.read_text()))
            return super().now(tz) + offset

    clock.datetime = Shifted  # type: ignore[attr-defined]
    timezone.datetime = Shifted  # type: ignore[attr-defined]
