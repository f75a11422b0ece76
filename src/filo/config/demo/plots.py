"""How a story goes: what happens on which day after a customer became known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Beat:
    """Something that happens, so many days after the beginning."""

    day: int
    name: str


def beats(rng: random.Random, plot: str, days: int) -> list[Beat]:
    """The beats of a plot that began `days` ago, in their order."""
    found = sorted(_PLOTS[plot](rng, days), key=lambda beat: beat.day)
    return [beat for beat in found if beat.day <= days]


def _loyal(rng: random.Random, days: int) -> Iterator[Beat]:
    yield from _won(rng, days)


def _won(rng: random.Random, days: int) -> Iterator[Beat]:
    """From the first call to the first order, then season by season."""
    day = 0
    steps = ("first_call", "visit", "offer_asked", "offer_sent", "order")
    for name in ("no_answer", *steps) if rng.random() < 0.3 else steps:
        day += rng.randint(2, 24)
        yield Beat(day, name)
    yield from _seasons(rng, day, days)


def _seasons(rng: random.Random, day: int, until: int) -> Iterator[Beat]:
    while True:
        day += rng.randint(60, 170)
        if day > until:
            return
        name = rng.choices(("season_call", "season_visit", "note", "complaint"), (5, 3, 2, 1))[0]
        yield Beat(day, name)
        if name == "complaint":
            yield Beat(min(day + rng.randint(2, 7), until), "solved")


def _lost(rng: random.Random, days: int) -> Iterator[Beat]:
    end = int(days * rng.uniform(0.5, 0.9))
    yield from _won(rng, end - 10)
    yield Beat(end, "end")


def _back(rng: random.Random, days: int) -> Iterator[Beat]:
    end, again = int(days * 0.5), int(days * rng.uniform(0.7, 0.85))
    yield from _won(rng, end - 10)
    yield Beat(end, "end")
    yield Beat(again, "back")
    yield from _seasons(rng, again, days)


def _negotiating(rng: random.Random, days: int) -> Iterator[Beat]:
    names = ("first_call", "visit", "offer_asked", "offer_sent", "note")[: rng.randint(2, 5)]
    for place, name in enumerate(names, start=1):
        yield Beat(int(days * place / (len(names) + rng.random())), name)


def _cold(rng: random.Random, days: int) -> Iterator[Beat]:
    day = 0
    for _number in range(rng.randint(1, 3)):
        day += rng.randint(3, 30)
        yield Beat(day, "no_answer")
    yield Beat(day + rng.randint(5, 40), rng.choice(("not_interested", "not_interested", "first_call")))


def _new(rng: random.Random, days: int) -> Iterator[Beat]:
    yield Beat(min(3, days), "first_call")
    if rng.random() < 0.5:
        yield Beat(min(6, days), "visit")


_PLOTS = {
    "loyal": _loyal,
    "lost": _lost,
    "back": _back,
    "negotiating": _negotiating,
    "cold": _cold,
    "new": _new,
}
