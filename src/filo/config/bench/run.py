"""A whole bench from the empty place to the report."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from filo.config.bench import assets, data_on_hand, errands, exporting, importing, known, machine
from filo.config.bench import people as door
from filo.config.bench.apart import apart
from filo.config.bench.figures import Figures
from filo.config.bench.measure import measure
from filo.config.bench.mix import run_mix
from filo.config.bench.place import Place
from filo.config.bench.told import number
from filo.config.bench.tree import Running, served
from filo.config.bench.wire import Person
from filo.config.bench.works.calls import CALLS
from filo.config.bench.works.far_down import with_deep_pages
from filo.config.bench.works.pages import PAGES
from filo.config.bench.writers import run_writers

WORKS = {work.code: work for work in (*PAGES, *CALLS)}
OTHERS = ("assets", "writers", "mix", "import", "export", "jobs", "plans")
NAMES = (*WORKS, *OTHERS)
USERS_AT_A_MILLION, USERS = 300, 60


@dataclass(frozen=True)
class Wish:
    """What is to be measured, and how long."""

    only: tuple[str, ...]
    clients: tuple[int, ...]
    seconds: float
    mix_seconds: float
    users: int
    rows: int
    jobs: int

    def wants(self, name: str) -> bool:
        """Whether this is to be measured."""
        return name in (self.only or NAMES)


def bench(place: Place, parties: int, entries: int, wish: Wish) -> tuple[dict[str, Any], list[Figures]]:
    """Make the data, start the tree, measure, end it; the report and its rows."""
    environment = place.environment()
    (parties, entries), engine, people = apart(environment, _prepared, parties, entries)
    users = wish.users or (USERS_AT_A_MILLION if parties >= 1_000_000 else USERS)
    report: dict[str, Any] = {"machine": machine.machine(), "database": engine}
    report |= {"parties": parties, "entries": entries, "users": users, "workers": environment["FILO_WORKERS"]}
    rows: list[Figures] = []
    if wish.only != ("plans",):
        with served(place) as tree:
            report["memory"] = {"at_rest": tree.memory_at_rest()}
            people = _at_the_door(tree, people, wish)
            _load(place, tree, people, wish, report, rows)
            report["memory"]["after"] = tree.memory()
            report["complaints"] = tree.complaints()[:20]
    if wish.wants("plans"):
        _tell("checking how the hot queries are read")
        report["plans"] = apart(environment, _plans, [door.first_of(people, scope) for scope in door.SCOPES])
    return report | {"rows": [row.as_dict() for row in rows]}, rows


def _prepared(parties: int, entries: int) -> tuple[tuple[int, int], dict[str, Any], list[Person]]:
    """Data, what the database says of itself, and the people; in one child."""
    return data_on_hand.on_hand(parties, entries), machine.database(), known.people(door.emails())


def _at_the_door(tree: Running, people: list[Person], wish: Wish) -> list[Person]:
    if not wish.wants("mix"):  # the others have one of each scope do everything
        people = [door.first_of(people, scope) for scope in door.SCOPES]
    _tell(f"signing in {len(people)} people")
    signed = [door.sign_in(tree.port, person) for person in people]
    if wish.wants("deep") or wish.wants("api-deep"):
        _tell("walking to a page far down")
        for scope in ("all", "unit"):
            one = door.first_of(signed, scope)
            signed[signed.index(one)] = with_deep_pages(tree.port, one)
    return signed


def _load(
    place: Place, tree: Running, people: list[Person], wish: Wish, report: dict[str, Any], rows: list[Figures]
) -> None:
    if wish.wants("assets"):
        fetched = assets.list_page(tree.port, door.first_of(people, "all"))
        report["weight"] = assets.weight(fetched)
        report["assets"] = [vars(one) for one in fetched]
    works = [work for code, work in WORKS.items() if wish.wants(code)]
    rows += measure(tree, works, people, clients=wish.clients, seconds=wish.seconds, tell=_tell_row)
    if wish.wants("writers"):
        rows += _told(run_writers(tree, people, seconds=wish.seconds))
    if wish.wants("mix"):
        _tell(f"{report['users']} people at work for {wish.mix_seconds:.0f} s")
        rows += _told(run_mix(tree, people, users=report["users"], seconds=wish.mix_seconds))
    if wish.wants("import"):
        report["import"] = importing.run_import(place, wish.rows)
        _tell(f"import: {report['import']['rows_a_second']} rows a second")
    if wish.wants("export"):
        report["export"] = exporting.run_export(place)
        _tell(f"export: {report['export']['rows_a_second, all columns']} rows a second")
    if wish.wants("jobs"):
        report["jobs"] = errands.run_jobs(place, wish.jobs)
        _tell(f"jobs: {report['jobs']['jobs_a_second']} a second")


def _plans(people: list[Person]) -> dict[str, Any]:
    from filo.config.bench.hot_queries import check

    asked = check(people)
    return {
        "asked": sum(one.queries for one in asked),
        "places": len({one.place for one in asked}),
        "pages": [{name: value for name, value in vars(one).items() if name != "findings"} for one in asked],
        "findings": [vars(finding) for one in asked for finding in one.findings],
    }


def _told(rows: list[Figures]) -> list[Figures]:
    for row in rows:
        _tell_row(row)
    return rows


def _tell_row(row: Figures) -> None:
    words = f"{row.says} ({row.scope}, {row.clients}): p50 {number(row.p50)} ms, {number(row.rps)}/s"
    _tell(words + (f", {row.errors} ERRORS: {row.why}" if row.errors else ""))


def _tell(words: str) -> None:
    print(f"filo: {words}", file=sys.stderr, flush=True)  # noqa: T201
