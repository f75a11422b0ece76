"""The article that answers a question, with how sure that is; offline, in either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import numpy as np
from django.utils.timezone import localtime

from filo.collaborative.knowledge.questions.index import Entry, Index, current_index
from filo.collaborative.knowledge.questions.ranking import Candidate
from filo.collaborative.knowledge.questions.searching import Outcome, search

# From here on an answer is told; below it a person is asked.
THRESHOLD = 0.62
SHOWN = 3
# Two articles of which neither is this much stronger are as good as each other.
TIE = 0.25
READS = {"public": ("public",), "customers": ("public", "customers"), "internal": ("public", "customers", "internal")}


@dataclass(frozen=True)
class Passage:
    """Where an article speaks of what was asked. The days on which it holds are both included."""

    article_id: UUID
    language: str
    snippet: str
    confidence: float
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Found:
    """The likeliest articles, and whether the first is sure enough to be told."""

    passages: Sequence[Passage]
    understood: bool

    @property
    def confidence(self) -> float:
        """How sure the first one is, 0 to 1; 0 where nothing was found."""
        return self.passages[0].confidence if self.passages else 0.0


def ask(question: str, *, language: str, at: datetime, audience: str = "public", group: UUID | None = None) -> Found:
    """What answers a question that was asked at that moment (aware).

    An article whose days are over is not told; one whose days are still to come is, for who asks before wants to know
    from when (`valid_from`). A `group` breaks a tie between articles of several groups.
    """
    index, day = current_index(), localtime(at).date()
    allowed = np.array([_may_be_told(entry, audience, day) for entry in index.entries], dtype=np.bool_)
    outcome = search(index, question, language, allowed)
    ordered = _own_group_first(outcome.candidates, index, group)[:SHOWN]
    passages = [_passage(index, one, outcome, first=not place) for place, one in enumerate(ordered)]
    return Found(passages, understood=bool(passages) and passages[0].confidence >= THRESHOLD)


def _may_be_told(entry: Entry, audience: str, day: date) -> bool:
    over = entry.valid_to is not None and entry.valid_to < day
    return entry.audience in READS.get(audience, READS["public"]) and not over


def _own_group_first(found: Sequence[Candidate], index: Index, group: UUID | None) -> Sequence[Candidate]:
    """Of two that are as good as each other the one of the asked group."""
    if group is None or len(found) < 2 or found[0].strength - found[1].strength > TIE:
        return found
    first, second = index.entries[found[0].owner], index.entries[found[1].owner]
    swap = first.group_id != group and second.group_id == group
    return [found[1], found[0], *found[2:]] if swap else found


def _passage(index: Index, one: Candidate, outcome: Outcome, *, first: bool) -> Passage:
    """Only the first is known to be sure; the others are shares of it."""
    entry, sentence = index.entries[one.owner], index.sentences[one.rows[0]]
    sure = outcome.confidence
    if not first:
        sure *= float(np.exp(min(0.0, one.strength - outcome.candidates[0].strength)))
    return Passage(entry.id, sentence.language, sentence.text, round(sure, 4), entry.valid_from, entry.valid_to)
