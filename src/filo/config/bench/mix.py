"""People at work all at once: each thinks a while, then looks, searches or saves (L1 of the load to hold)."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from filo.config.bench.apart import FORK, leave_signals_to_the_parent
from filo.config.bench.figures import Figures, figures
from filo.config.bench.load import Ask, once
from filo.config.bench.tree import Running
from filo.config.bench.wire import Caller, Person, Sample
from filo.config.bench.works import pages

PROCESSES = 4
THINK = 5.0
# Out of a hundred things that people do.
SHARES: tuple[tuple[int, str, Ask], ...] = (
    (40, "open a card", pages.card),
    (15, "list, by stage and area", pages.listed),
    (10, "list", pages.everybody),
    (15, "search", pages.searched),
    (15, "log a call", pages.log_a_call),
    (5, "funnel", pages.funnel),
)


def run_mix(tree: Running, people: Sequence[Person], *, users: int, seconds: float) -> list[Figures]:
    """The row of everything, then one for each thing that is done."""
    before, began = tree.cpu(), time.perf_counter()
    samples = _all_users(tree.port, people, users, seconds)
    took = time.perf_counter() - began
    cpu_ms = (tree.cpu() - before) * 1000 / len(samples) if samples else None
    words = f"{users} people, {THINK:.0f} s of thought"
    found = [figures("mix", words, "mixed", users, samples, seconds=took, cpu_ms=cpu_ms)]
    for _share, name, _ask in SHARES:
        some = [sample for sample in samples if sample.part == name]
        found.append(figures(f"mix: {name}", f"… {name}", "mixed", users, some, seconds=took, cpu_ms=None))
    return found


def _all_users(port: int, people: Sequence[Person], users: int, seconds: float) -> list[Sample]:
    started: list[tuple[Any, Connection]] = []
    for number in range(min(PROCESSES, users)):
        mine, theirs = FORK.Pipe(duplex=False)
        some = [people[place % len(people)] for place in range(number, users, PROCESSES)]
        child = FORK.Process(target=_process, args=(theirs, port, some, seconds))
        child.start()
        theirs.close()
        started.append((child, mine))
    try:
        return [sample for _child, mine in started for sample in mine.recv()]
    except BaseException:
        for child, _mine in started:
            child.terminate()
        raise
    finally:
        for child, _mine in started:
            child.join()


def _process(answer: Connection, port: int, people: Sequence[Person], seconds: float) -> None:
    leave_signals_to_the_parent()
    samples: list[Sample] = []
    end = time.perf_counter() + seconds
    threads = [threading.Thread(target=_user, args=(port, person, end, samples)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer.send(samples)


def _user(port: int, person: Person, end: float, samples: list[Sample]) -> None:
    caller, rng = Caller(port, person, random.random()), random.Random()  # noqa: S311
    time.sleep(rng.uniform(0, min(THINK, max(0.0, end - time.perf_counter()))))  # people do not begin in step
    while time.perf_counter() < end:
        _share, name, ask = rng.choices(SHARES, [share for share, _name, _ask in SHARES])[0]
        sample = once(caller, ask)
        sample.part = name
        samples.append(sample)
        time.sleep(rng.uniform(THINK / 2, THINK * 1.5))
    caller.close()
