"""Which articles may answer: the nearest in meaning, set in order by a second witness, the words that they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from filo.collaborative.knowledge.questions.index import Index

NEAR, BY_MEANING, BY_WORDS, READ = 60, 8, 3, 8
# What the three nearest sentences are worth, the words that one of them shares, and those that the article shares:
# the conditional logit that set most right answers first, fitted as the weights of `scoring`.
WORTH = (7.34, 4.24, 4.18, 1.79, 4.08)


@dataclass(frozen=True)
class Candidate:
    """An article by its place, its `rows` (the nearest first), what speaks for it, and how strongly all in all."""

    owner: int
    rows: NDArray[np.int64]
    signs: tuple[float, float, float, float, float]
    strength: float

    @property
    def nearest(self) -> float:
        """The cosine of its nearest sentence with the question."""
        return self.signs[0]

    @property
    def nearness(self) -> float:
        """Mostly the nearest sentence; two more that say the same make it surer."""
        return 0.6 * self.signs[0] + 0.4 * sum(self.signs[:3]) / 3

    @property
    def shared(self) -> float:
        """What share of the question's words it has, the rare ones weighing more."""
        return self.signs[4]


def nearest_rows(nearness: NDArray[np.float32], usable: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The nearest sentences of the articles that may be told, the nearest first."""
    rows = np.flatnonzero(usable)
    if rows.size > NEAR:
        rows = rows[np.argpartition(-nearness[rows], NEAR)[:NEAR]]
    return rows[np.argsort(-nearness[rows], kind="stable")]


def ranked(
    index: Index,
    nearness: NDArray[np.float32],
    near: NDArray[np.int64],
    asked: frozenset[str],
    language: str,
    allowed: NDArray[np.bool_],
) -> list[Candidate]:
    """The articles that may answer, the likeliest first.

    `nearness` is the cosine of each sentence with the question, `near` the nearest of those that may be told, `asked`
    the stems of the question.
    """
    owners = list(dict.fromkeys(int(owner) for owner in index.owners[near]))[:BY_MEANING]
    owners += [owner for owner in _sharing_most(index, asked, allowed) if owner not in owners]
    weights = {stem: index.weight(stem) for stem in asked}
    found = [_candidate(index, owner, nearness, weights, language) for owner in owners]
    return sorted(found, key=lambda one: -one.strength)


def _sharing_most(index: Index, asked: frozenset[str], allowed: NDArray[np.bool_]) -> list[int]:
    """The articles with most of the question's words: names and codes have no meaning that a vector could tell."""
    score = np.zeros(len(index.entries), dtype=np.float32)
    for stem in asked:
        score[index.holders.get(stem, [])] += index.weight(stem)
    score[~allowed] = 0
    best = np.argsort(-score, kind="stable")[:BY_WORDS]
    return [int(owner) for owner in best if score[owner] > 0]


def _candidate(
    index: Index, owner: int, nearness: NDArray[np.float32], weights: dict[str, float], language: str
) -> Candidate:
    rows = index.rows_of(owner)
    rows = rows[np.argsort(-nearness[rows], kind="stable")][:READ]
    first = [float(nearness[row]) for row in rows[:3]]
    first += [first[-1] - 0.1] * (3 - len(first))
    said = [frozenset(index.sentences[row].stems.split()) for row in rows if index.sentences[row].language == language]
    asked = frozenset(weights)
    alike = max((len(asked & stems) / max(1, len(asked | stems)) for stems in said), default=0.0)
    whole = sum(weights.values())
    shared = sum(weights[stem] for stem in asked & frozenset().union(*said)) / whole if whole else 0.0
    signs = (first[0], first[1], first[2], alike, shared)
    return Candidate(owner, rows, signs, float(np.dot(WORTH, signs)))
