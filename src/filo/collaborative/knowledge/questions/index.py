"""All that published articles say, in memory: vectors, whose they are, in which words, and on which days they hold."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from filo.collaborative.knowledge.models import Article
from filo.collaborative.knowledge.models.vector import ArticleMeaning, VectorState
from filo.collaborative.knowledge.questions.encoder import SIZE, Matrix, unpacked

CHUNK = 500


class Sentence(NamedTuple):
    """What one row of the matrix means; `stems` with blanks between them."""

    kind: str
    language: str
    text: str
    stems: str


@dataclass(frozen=True)
class Entry:
    """An article as far as a search has to know it."""

    id: UUID
    audience: str
    group_id: UUID | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class Block:
    """An article's sentences with their vectors, as they were stored under a stamp."""

    stamp: UUID | None
    sentences: Sequence[Sentence]
    matrix: Matrix

    @property
    def stems(self) -> set[str]:
        """All of them."""
        return {stem for sentence in self.sentences for stem in sentence.stems.split()}


class Index:
    """`owners` says for each row of `matrix` which of `entries` it belongs to; an entry's rows lie side by side."""

    def __init__(self, token: UUID | None, entries: Sequence[Entry], blocks: Sequence[Block]) -> None:
        self.token, self.entries = token, tuple(entries)
        sizes = [len(block.sentences) for block in blocks]
        self.starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.owners = np.repeat(np.arange(len(blocks), dtype=np.int32), sizes)
        self.sentences = [sentence for block in blocks for sentence in block.sentences]
        self.matrix: Matrix = np.vstack([np.zeros((0, SIZE), np.float32), *(block.matrix for block in blocks)])
        self.blocks = {
            entry.id: Block(block.stamp, block.sentences, self.matrix[start : start + len(block.sentences)])
            for entry, block, start in zip(self.entries, blocks, self.starts, strict=False)
        }  # the vectors lie in memory once: what is read next time takes unchanged ones from here
        self.holders = _holders(blocks)

    def rows_of(self, owner: int) -> NDArray[np.int64]:
        """The rows of an entry."""
        return np.arange(self.starts[owner], self.starts[owner + 1])

    def weight(self, stem: str) -> float:
        """How much a stem tells: the fewer articles hold it, the more."""
        held = len(self.holders.get(stem, ()))
        return math.log(1 + (len(self.entries) + 1) / (held + 0.5))


def _holders(blocks: Sequence[Block]) -> Mapping[str, NDArray[np.int32]]:
    found: dict[str, list[int]] = defaultdict(list)
    for owner, block in enumerate(blocks):
        for stem in block.stems:
            found[stem].append(owner)
    return {stem: np.array(owners, dtype=np.int32) for stem, owners in found.items()}


_lock = Lock()
_held: dict[str, Index] = {}


def current_index() -> Index:
    """The index as the database is now; what was published, changed or taken back since is read, and nothing else."""
    token = VectorState.objects.filter(pk=1).values_list("token", flat=True).first()
    found = _held.get("one")
    if found is not None and found.token == token:
        return found
    with _lock:
        found = _held.get("one")
        if found is None or found.token != token:
            found = _held["one"] = _read(token, found.blocks if found else {})
        return found


def _read(token: UUID | None, known: Mapping[UUID, Block]) -> Index:
    meanings = ArticleMeaning.objects.filter(article__state="published")
    stamps = dict(meanings.values_list("article", "stamp"))
    changed = [pk for pk, stamp in stamps.items() if pk not in known or known[pk].stamp != stamp]
    blocks = dict(known)
    for at in range(0, len(changed), CHUNK):
        rows = meanings.filter(pk__in=changed[at : at + CHUNK]).values_list("article", "stamp", "said", "values")
        blocks |= {pk: _block(stamp, said, bytes(values)) for pk, stamp, said, values in rows}
    articles = Article.objects.filter(state="published").order_by("pk")
    facts = articles.values_list("pk", "audience", "group", "valid_from", "valid_to")
    entries = [Entry(*row) for row in facts if row[0] in stamps and row[0] in blocks]
    return Index(token, entries, [blocks[entry.id] for entry in entries])


def _block(stamp: UUID, said: Sequence[Sequence[str]], values: bytes) -> Block:
    return Block(stamp, [Sentence(*one) for one in said], unpacked(values))
