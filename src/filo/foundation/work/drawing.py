"""A day of work as bars: where each stands and how high, as text that a drawing takes as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

WIDTH, HEIGHT = 480, 64
GAP = 4


@dataclass(frozen=True)
class Bar:
    """An hour: its beginning, how much ended in it, and its rectangle."""

    hour: datetime
    number: int
    x: str
    y: str
    width: str
    height: str
    is_now: bool


@dataclass(frozen=True)
class Day:
    """The bars of 24 hours, and all of them together."""

    bars: list[Bar]
    total: int
    box: str = f"0 0 {WIDTH} {HEIGHT}"


def drawn(hours: Sequence[tuple[datetime, int]]) -> Day:
    """The bars, the highest as high as the drawing; an empty hour keeps a line of one pixel."""
    most = max((number for _hour, number in hours), default=0) or 1
    step = WIDTH / max(1, len(hours))
    bars = []
    for place, (hour, number) in enumerate(hours):
        height = max(1.0, HEIGHT * number / most)
        bars.append(
            Bar(
                hour=hour,
                number=number,
                x=f"{place * step + GAP / 2:.1f}",
                y=f"{HEIGHT - height:.1f}",
                width=f"{step - GAP:.1f}",
                height=f"{height:.1f}",
                is_now=place == len(hours) - 1,
            )
        )
    return Day(bars, sum(number for _hour, number in hours))
