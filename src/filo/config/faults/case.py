"""The common shape of a fault: what plays it, what came of it, and the verdict; faults are found by their files."""

from __future__ import annotations

import importlib
import os
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from filo.config.faults.load import Load
from filo.config.faults.stage import Stage, Tell, set_up

FOLDER = Path(__file__).parent / "cases"
POSTGRESQL, SQLITE = "postgresql", "sqlite"
IN_A_HURRY = 60.0  # the suite counts what is lost; how fast it comes back is measured by the full command


class CannotPlay(Exception):
    """What a fault needs is not on this machine; the message is the one line to show."""


@dataclass
class Outcome:
    """What one fault did. `back` are the longest seconds until writing went on; None where nothing went away.
    `busy`: how many times more there was to do than there are processors, for whoever reads the waits.
    """

    rounds: int
    acked: int = 0
    lost: int = 0
    duplicate: int = 0
    phantom: int = 0
    back: float | None = None
    busy: float = 1.0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def survived(self) -> bool:
        """Nothing lost, doubled or made up, and nothing else amiss."""
        return not (self.lost or self.duplicate or self.phantom or self.faults)

    def expect(self, is_so: object, otherwise: str) -> None:
        """Note what is amiss unless something is so."""
        if not is_so:
            self.faults.append(otherwise)

    def took(self, stage: Stage, seconds: float | None, most: float, what: str = "") -> None:
        """Note how long it took until writing went on, which may be at most so long."""
        if seconds is None:
            self.faults.append(f"writing never went on {what}".strip())
            return
        self.back, self.busy = max(self.back or 0.0, seconds), max(self.busy, busyness())
        most = most if stage.is_patient else IN_A_HURRY
        self.expect(seconds <= most, f"{seconds:.1f} s until writing went on {what}, at most {most:g}")

    def reckon(self, stage: Stage, load: Load) -> None:
        """Count the ledger of a load against the tables and the API."""
        found: dict[str, Any] = stage.compare(load)
        self.acked += load.ledger.number()
        self.lost += found["lost"]
        self.duplicate += found["duplicate"]
        self.phantom += found["phantom"]
        self.faults += found["beside"][:5]
        self.expect(load.ledger.number(), "nothing was written")
        self.expect(not load.ledger.unanswered, f"{len(load.ledger.unanswered)} requests were never answered")
        rude = load.ledger.rude
        self.expect(not rude, f"{len(rude)} answers without a plain sentence, such as {rude[:1]}")


def busyness() -> float:
    """How many times more there is to do than this machine has processors; 1 when it is free."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class Case(Protocol):
    """What a module in `cases/` offers."""

    ROUNDS: int
    ENGINES: Sequence[str]

    def play(self, stage: Stage, rounds: int) -> Outcome:
        """Break it so many times."""


def cases() -> dict[str, Path]:
    """Every fault by its name: `f03_database_killed.py` is F3."""
    return {f"F{int(path.stem[1:3])}": path for path in sorted(FOLDER.glob("f[0-9][0-9]_*.py"))}


def case_of(path: Path) -> Any:
    """The module of a fault."""
    return importlib.import_module(f"filo.config.faults.cases.{path.stem}")


def stage_for(case: Any, tell: Tell, engine: str) -> AbstractContextManager[Stage]:
    """The stage that a fault plays on: its own kind, or the usual one."""
    own = getattr(case, "set_up", set_up)
    found: AbstractContextManager[Stage] = own(tell, sqlite=engine == SQLITE)
    return found


def sentence_of(case: Any) -> str:
    """What a fault is about: the first line of its module."""
    return str(case.__doc__ or "").split("\n")[0]
