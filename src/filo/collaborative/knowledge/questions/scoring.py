"""How sure it is that the likeliest article answers a question: signs, put together by a logistic regression.

The weights were fitted once on knowledge bases made at random: of 8 to 77 intents of banking77 (I. Casanueva et al.,
Efficient Intent Detection with Dual Sentence Encoders, 2020; its *training* questions alone), each asked for in 1 to
100 ways, and of an invented hotel and an invented provider in Italian and English. They were asked what their articles
answer, what the articles that were left out would have answered, and what nothing answers. `./filo bench answers` tells
how sure they are of questions that were not among these.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from filo.collaborative.knowledge.questions.elsewhere import elsewhere
from filo.collaborative.knowledge.questions.encoder import Matrix, word_vectors
from filo.collaborative.knowledge.questions.index import Index
from filo.collaborative.knowledge.questions.ranking import Candidate
from filo.collaborative.knowledge.questions.stems import telling_words

VOTERS = 12
# From here on something that is said to anybody is as good as nearer: it has to be left behind by so much.
LEAD = 0.1
WEIGHTS: Mapping[str, float] = {
    "near": -3.08,
    "near, many ways": 1.78,
    "ahead": -0.23,
    "ahead, many articles": 0.28,
    "votes": 4.47,
    "votes, many ways": -0.99,
    "shared words": -1.17,
    "like words": 4.61,
    "said to anybody": 6.12,
    "many articles": -0.38,
    "many ways": -1.12,
    "one": -1.03,
}


def signs_of(
    index: Index, candidates: Sequence[Candidate], near: NDArray[np.int64], question: str, meaning: Matrix
) -> dict[str, float]:
    """What speaks for the first of the candidates, and against it; `near` are the nearest sentences of all."""
    first = candidates[0]
    odds = _odds([one.strength for one in candidates])
    votes = float(np.mean(index.owners[near[:VOTERS]] == first.owner)) if near.size else 0.0
    many, ways = math.log(len(index.entries)), math.log(len(index.owners) / len(index.entries))
    return {
        "near": first.nearness,
        "near, many ways": first.nearness * ways,
        "ahead": odds,
        "ahead, many articles": odds * many,
        "votes": votes,
        "votes, many ways": votes * ways,
        "shared words": first.shared,
        "like words": _likeness(index, first, question),
        "said to anybody": min(0.0, first.nearest - float(np.max(elsewhere() @ meaning)) - LEAD),
        "many articles": many,
        "many ways": ways,
        "one": 1.0,
    }


def confidence_of(signs: Mapping[str, float]) -> float:
    """How likely the first is right, 0 to 1."""
    return 1 / (1 + math.exp(-sum(WEIGHTS[name] * sign for name, sign in signs.items())))


def _odds(strengths: Sequence[float]) -> float:
    """The logarithm of the odds that it is the first, if it is one of them."""
    shares = np.exp(np.array(strengths) - strengths[0])
    share = 1 / float(np.sum(shares))
    return math.log(share / (1 - share + 1e-3))


def _likeness(index: Index, first: Candidate, question: str) -> float:
    """How near each of the question's words is to some word of the article, at the mean, across languages."""
    asked = telling_words(question)
    said = sorted({word for row in first.rows for word in telling_words(index.sentences[row].text)})
    if not asked or not said:
        return 0.5
    found = word_vectors([*asked, *said])
    return float(np.mean(np.max(found[: len(asked)] @ found[len(asked) :].T, axis=1)))
