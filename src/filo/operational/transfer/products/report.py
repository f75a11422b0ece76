"""What became of the rows of a list of products."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from filo.foundation.ids import uuid7

_WEIGHT = ("unchanged", "updated", "created", "rejected")


@dataclass
class Report:
    """Each row is in one of the four numbers, the rejected ones with a sentence; notes are of any of them."""

    batch: UUID = field(default_factory=uuid7)
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    duplicates: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    outcomes: dict[int, str] = field(default_factory=dict)
    products: dict[int, UUID] = field(default_factory=dict)

    def reject(self, number: int, sentence: str) -> None:
        """A row that is not taken in, and why."""
        if self.outcomes.get(number) != "rejected":
            self.note(number, "rejected")
            self.problems.append({"number": number, "column": "", "sentence": sentence})

    def tell(self, number: int, column: str, sentence: str) -> None:
        """Something about a row, whatever becomes of it; each sentence once."""
        told = {"number": number, "column": column, "sentence": sentence}
        if told not in self.notes[-20:]:
            self.notes.append(told)

    def note(self, number: int, outcome: str, product: UUID | None = None) -> None:
        """What became of a row, and which product it went into; of one that holds several sizes what weighs most."""
        before = self.outcomes.get(number)
        if before is None or _WEIGHT.index(before) < _WEIGHT.index(outcome):
            if before is not None:
                setattr(self, before, getattr(self, before) - 1)
            setattr(self, outcome, getattr(self, outcome) + 1)
            self.outcomes[number] = outcome
        if product is not None:
            self.products[number] = product
