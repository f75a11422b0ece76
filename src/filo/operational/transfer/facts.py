"""What a row says, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from filo.operational.parties.drafts import PartyDraft

Problem = dict[str, str]


@dataclass
class Facts:
    """What a row says. `columns` names the column that a field came from; a fatal row comes in nowhere.

    `party_id` is the party that it names by our own code, `company_code` (system, code) the firm that a person works
    for. `belongs` says in words what a new one is to us (stage, owner, area, …), `own` holds the clean values of the
    firm's own fields by their codes, `related` the words of
    those that name another customer. `words` are those by which the party will be found, reckoned ahead.
    """

    number: int
    cells: list[str]
    data: dict[str, Any]
    identities: dict[str, str] = field(default_factory=dict)
    party_id: UUID | None = None
    company: str = ""
    company_code: tuple[str, str] | None = None
    job_title: str = ""
    belongs: dict[str, str] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    related: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)
    draft: PartyDraft | None = None
    words: str = ""

    def warn(self, column: str, sentence: object) -> None:
        """Something of the row was left out, and why."""
        self.problems.append({"column": column, "sentence": str(sentence)})

    def refuse(self, column: str, sentence: object) -> None:
        """The row does not come in; the reason stands first."""
        self.draft = None
        self.problems.insert(0, {"column": column, "sentence": str(sentence)})
