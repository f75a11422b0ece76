"""What a row says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from filo.operational.parties.drafts import PartyDraft

Problem = dict[str, str]


@dataclass
class Facts:
    """What a row says. `columns` names the column that a field came from; a fatal row comes in nowhere."""

    number: int
    cells: list[str]
    data: dict[str, Any]
    identities: dict[str, str] = field(default_factory=dict)
    company: str = ""
    job_title: str = ""
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    draft: PartyDraft | None = None

    def warn(self, column: str, sentence: object) -> None:
        """Something of the row was left out, and why."""
        self.problems.append({"column": column, "sentence": str(sentence)})

    def refuse(self, column: str, sentence: object) -> None:
        """The row does not come in; the reason stands first."""
        self.draft = None
        self.problems.insert(0, {"column": column, "sentence": str(sentence)})
