"""Measures kinds of work one after the other, each by each scope with each number of clients."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from filo.config.bench.figures import Figures, figures
from filo.config.bench.load import send
from filo.config.bench.people import first_of
from filo.config.bench.tree import Running
from filo.config.bench.wire import Person
from filo.config.bench.works.work import Work

Tell = Callable[[Figures], None]
WARM = 0.25  # of the time that is measured, before it


def measure(
    tree: Running,
    works: Sequence[Work],
    people: Sequence[Person],
    *,
    clients: Sequence[int],
    seconds: float,
    tell: Tell,
) -> list[Figures]:
    """All rows; `tell` hears each as it comes."""
    found: list[Figures] = []
    for work in works:
        for scope in work.scopes:
            for number in clients:
                rows = _one(tree, work, first_of(people, scope), number, seconds)
                found.extend(rows)
                for row in rows:
                    tell(row)
    return found


def _one(tree: Running, work: Work, person: Person, clients: int, seconds: float) -> list[Figures]:
    before = tree.cpu()
    samples, every, took = send(tree.port, [(work.ask, person)] * clients, seconds=seconds, warm=seconds * WARM)
    cpu_ms = (tree.cpu() - before) * 1000 / every if every else None
    parts = sorted({sample.part for sample in samples}, reverse=True)
    return [
        figures(
            f"{work.code} {part}".strip(),
            f"{work.says}, {part}" if part else work.says,
            person.scope,
            clients,
            [sample for sample in samples if sample.part == part],
            seconds=took,
            cpu_ms=cpu_ms,
        )
        for part in parts
    ]
