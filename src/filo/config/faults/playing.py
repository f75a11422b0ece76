"""Plays the faults one after the other, and says in a table and in JSON what came of each."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from filo.config.faults.case import SQLITE, CannotPlay, Outcome, case_of, cases, sentence_of, stage_for
from filo.config.faults.cluster import NoPostgres
from filo.config.faults.stage import Tell

HEADINGS = ("fault", "rounds", "acked", "lost", "duplicate", "phantom", "back within s", "verdict")


def play_all(names: Sequence[str], *, rounds: int | None, sqlite: bool, tell: Tell) -> list[dict[str, Any]]:
    """Each of these faults on each engine that is asked for; a report for each."""
    reports = []
    for name in names:
        case = case_of(cases()[name])
        asked = [SQLITE] if sqlite else list(case.ENGINES[:1])
        for engine in case.ENGINES if getattr(case, "ALWAYS_ALL", False) else asked:
            if engine not in case.ENGINES:
                reports.append(not_played(name, engine, case, "is about another engine"))
                continue
            label = name if engine != SQLITE else f"{name} on SQLite"
            tell(f"{label}: {sentence_of(case)}")
            reports.append(play_one(name, engine, case, rounds, partial(_tell_of, tell, label)))
    return reports


def play_one(name: str, engine: str, case: Any, rounds: int | None, tell: Tell) -> dict[str, Any]:
    """One fault on one engine; a fault that cannot be played is reported with the reason."""
    started = time.monotonic()
    try:
        with stage_for(case, tell, engine) as stage:
            outcome: Outcome = case.play(stage, rounds or case.ROUNDS)
    except (CannotPlay, NoPostgres) as reason:
        return not_played(name, engine, case, str(reason))
    except (RuntimeError, OSError, subprocess.CalledProcessError) as failure:
        outcome = Outcome(rounds or case.ROUNDS, faults=[str(failure)])
    report = {"fault": name, "engine": engine, "about": sentence_of(case), **asdict(outcome)}
    return report | {"survived": outcome.survived, "seconds": round(time.monotonic() - started, 1)}


def _tell_of(tell: Tell, label: str, line: str) -> None:
    tell(f"{label}: {line}")


def not_played(name: str, engine: str, case: Any, reason: str) -> dict[str, Any]:
    """The report of a fault that was not played."""
    empty = asdict(Outcome(0, notes=[reason]))
    return {"fault": name, "engine": engine, "about": sentence_of(case), **empty, "survived": None, "seconds": 0.0}


def table(reports: Sequence[dict[str, Any]]) -> str:
    """The reports as a table, and below it what is worth a line."""
    rows = [HEADINGS, *(_row(report) for report in reports)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    for report in reports:
        busy = report["busy"] > 1 and [f"the machine was {report['busy']:.1f} times too busy: measure the waits again"]
        lines += [f"{_label(report)}: {line}" for line in (*report["faults"], *report["notes"], *(busy or ()))]
    return "\n".join(lines)


def _label(report: dict[str, Any]) -> str:
    return f"{report['fault']} on SQLite" if report["engine"] == SQLITE else str(report["fault"])


def _row(report: dict[str, Any]) -> tuple[str, ...]:
    verdict = {True: "survived", False: "NOT SURVIVED", None: "not played"}[report["survived"]]
    numbers = [str(report[name]) for name in ("rounds", "acked", "lost", "duplicate", "phantom")]
    back = "–" if report["back"] is None else f"{report['back']:.1f}"
    return (_label(report), *numbers, back, verdict)
