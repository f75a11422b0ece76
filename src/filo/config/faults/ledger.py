"""The ledger of acknowledgements: what was asked for, under which key, and what was promised for it."""

from __future__ import annotations

import threading
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Deed:
    """One writing request; `marker` is words of its content that no other deed has."""

    kind: str
    key: str
    marker: str
    path: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Acknowledged:
    """A deed that was promised under an id; sent for the last time and answered at these (steady) moments."""

    kind: str
    marker: str
    id: str
    sent_at: float
    answered_at: float


@dataclass
class Ledger:
    """What several clients wrote down while something was broken."""

    acked: list[Acknowledged] = field(default_factory=list)
    unanswered: list[Deed] = field(default_factory=list)
    answers: Counter[int] = field(default_factory=Counter)
    rude: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def promise(self, deed: Deed, id_: str, sent_at: float, answered_at: float) -> None:
        """Write down a promise."""
        with self._lock:
            self.acked.append(Acknowledged(deed.kind, deed.marker, id_, sent_at, answered_at))

    def count(self, status: int, body: bytes) -> None:
        """Write down how a request was answered; a failure without a plain sentence is rude."""
        with self._lock:
            self.answers[status] += 1
            if status == 500 or (status > 500 and b'"detail"' not in body):
                self.rude.append(f"{status} {body[:200]!r}")

    def give_up(self, deed: Deed) -> None:
        """Write down what was asked for and never answered."""
        with self._lock:
            self.unanswered.append(deed)

    def number(self) -> int:
        """How many promises there are."""
        with self._lock:
            return len(self.acked)

    def back_after(self, moment: float) -> float | None:
        """Seconds from a moment to the first promise for something sent after it; None when there was none."""
        with self._lock:
            found = [entry.answered_at for entry in self.acked if entry.sent_at >= moment]
        return min(found) - moment if found else None

    def as_rows(self) -> list[dict[str, Any]]:
        """The promises, for whoever counts them in the database."""
        with self._lock:
            return [asdict(entry) for entry in self.acked]
