"""Eight who write at once while two read: on SQLite nobody may hear that the database is busy (L14)."""

from __future__ import annotations

from collections.abc import Sequence

from filo.config.bench.figures import Figures, figures
from filo.config.bench.load import Ask, send
from filo.config.bench.people import first_of
from filo.config.bench.tree import Running
from filo.config.bench.wire import Caller, Person
from filo.config.bench.works import calls, pages

WRITERS, READERS = 8, 2


def run_writers(tree: Running, people: Sequence[Person], *, seconds: float) -> list[Figures]:
    """A row for those who write, one for those who read meanwhile."""
    knows_all, agent = first_of(people, "all"), first_of(people, "own")
    asks: list[tuple[Ask, Person]] = [(_create, knows_all), (_log, agent)] * (WRITERS // 2)
    asks += [(_read, knows_all)] * READERS
    samples, _every, took = send(tree.port, asks, seconds=seconds, warm=0)
    writes = [sample for sample in samples if sample.part == "writes" or sample.error]
    reads = [sample for sample in samples if sample.part == "reads"]
    words = f"{WRITERS} who write at once"
    return [
        figures("writers", words, "mixed", WRITERS, writes, seconds=took, cpu_ms=None),
        figures("readers", f"{READERS} who read meanwhile", "all", READERS, reads, seconds=took, cpu_ms=None),
    ]


def _create(caller: Caller) -> str:
    calls.create(caller)
    return "writes"


def _log(caller: Caller) -> str:
    pages.log_a_call(caller)
    return "writes"


def _read(caller: Caller) -> str:
    (pages.listed if caller.rng.random() < 0.5 else pages.card)(caller)
    return "reads"
