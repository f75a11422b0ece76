"""Asks labelled questions and counts: answered rightly, wrongly, left alone rightly or though there was an answer."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from filo.collaborative.knowledge.questions.asking import THRESHOLD
from filo.collaborative.knowledge.questions.encoder import vectors
from filo.collaborative.knowledge.questions.index import Block, Entry, Index, Sentence
from filo.collaborative.knowledge.questions.searching import search
from filo.collaborative.knowledge.questions.stems import stems
from filo.config.bench.answers.reading import Labelled
from filo.foundation.ids import uuid7

STEPS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class At:
    """What a threshold gives. coverage: of the questions with an article, how many were answered; precision: of the
    answered ones, how many rightly (questions that nothing answers count as wrong); silent: of those that nothing
    answers, how many were left alone; None where there are none.
    """

    threshold: float
    precision: float | None
    coverage: float | None
    silent: float | None


@dataclass(frozen=True)
class Report:
    """The threshold that the product uses, and others beside it."""

    questions: int
    articles: int
    ways: float
    recall_at_1: float | None
    recall_at_3: float | None
    shipped: At
    curve: Sequence[At]
    ms_a_question: float

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def measure(questions: Sequence[Labelled], articles: Sequence[Labelled], *, language: str = "en") -> Report:
    """Ask them of a knowledge base in which each label is an article that knows its `articles` as ways to ask."""
    ways_of: dict[str, list[str]] = defaultdict(list)
    for text, label in articles:
        ways_of[label].append(text)
    labels = sorted(ways_of)
    index = _index_of([ways_of[label] for label in labels], language)
    allowed = np.ones(len(labels), dtype=np.bool_)
    started, asked = time.perf_counter(), []
    for text, label in questions:
        outcome = search(index, text, language, allowed)
        asked.append((label, [labels[one.owner] for one in outcome.candidates[:3]], outcome.confidence))
    spent = time.perf_counter() - started
    answerable = [(label, top) for label, top, _sure in asked if label in ways_of]
    return Report(
        questions=len(questions),
        articles=len(labels),
        ways=round(len(articles) / max(1, len(labels)), 1),
        recall_at_1=_share(sum(label == top[0] for label, top in answerable if top), len(answerable)),
        recall_at_3=_share(sum(label in top for label, top in answerable), len(answerable)),
        shipped=_at(asked, ways_of, THRESHOLD),
        curve=[_at(asked, ways_of, step) for step in STEPS],
        ms_a_question=round(1000 * spent / max(1, len(questions)), 1),
    )


def _index_of(articles: Sequence[Sequence[str]], language: str) -> Index:
    entries = [Entry(uuid7(), "public", None, None, None) for _article in articles]
    return Index(None, entries, [_block(ways, language) for ways in articles])


def _block(ways: Sequence[str], language: str) -> Block:
    said = [Sentence("phrasing", language, way, " ".join(sorted(stems(way, language)))) for way in ways]
    return Block(None, said, vectors(ways))


def _at(asked: Sequence[tuple[str, list[str], float]], known: dict[str, list[str]], threshold: float) -> At:
    answered = [(label, top[0]) for label, top, sure in asked if top and sure >= threshold]
    without = [sure for label, _top, sure in asked if label not in known]
    with_one = sum(label in known for label, _top, _sure in asked)
    return At(
        threshold,
        _share(sum(label == told for label, told in answered), len(answered)),
        _share(sum(label in known for label, _told in answered), with_one),
        _share(sum(sure < threshold for sure in without), len(without)),
    )


def _share(some: int, of: int) -> float | None:
    return round(some / of, 4) if of else None
