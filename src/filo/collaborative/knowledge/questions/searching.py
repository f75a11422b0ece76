"""Looks for the article that answers, sentence by sentence of what was asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from filo.collaborative.knowledge.questions.asked import parts_of
from filo.collaborative.knowledge.questions.encoder import vectors
from filo.collaborative.knowledge.questions.index import Index
from filo.collaborative.knowledge.questions.ranking import Candidate, nearest_rows, ranked
from filo.collaborative.knowledge.questions.scoring import confidence_of, signs_of
from filo.collaborative.knowledge.questions.stems import stems


@dataclass(frozen=True)
class Outcome:
    """The likeliest articles, the signs for the first of them, and how sure that is."""

    candidates: Sequence[Candidate]
    signs: dict[str, float]
    confidence: float


NOTHING = Outcome([], {}, 0.0)


def search(index: Index, question: str, language: str, allowed: NDArray[np.bool_]) -> Outcome:
    """What answers best any of the things that were asked; `allowed` says which entries may be told."""
    return max(_outcomes(index, question, language, allowed), key=lambda one: one.confidence, default=NOTHING)


def _outcomes(index: Index, question: str, language: str, allowed: NDArray[np.bool_]) -> Iterator[Outcome]:
    parts = parts_of(question)
    if not parts or not allowed[index.owners].any():
        return
    meanings = vectors(parts)
    for part, meaning, nearness in zip(parts, meanings, meanings @ index.matrix.T, strict=True):
        yield outcome_of(index, part, language, meaning, nearness, allowed)


def outcome_of(
    index: Index,
    part: str,
    language: str,
    meaning: NDArray[np.float32],
    nearness: NDArray[np.float32],
    allowed: NDArray[np.bool_],
) -> Outcome:
    """What answers one sentence, given what it means and how near all of the index is to that."""
    near = nearest_rows(nearness, allowed[index.owners])
    candidates = ranked(index, nearness, near, stems(part, language), language, allowed)
    signs = signs_of(index, candidates, near, part, meaning)
    return Outcome(candidates, signs, confidence_of(signs))
