"""Find the doubles of a file without looking at its labels, then say how many are right and how many were missed."""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from filo.config.bench.dedupe.following import with_following
from filo.config.bench.dedupe.parties import commonness_of, keys_of_rows, party_of
from filo.config.bench.dedupe.rows import Meaning, meanings, read_table
from filo.config.bench.dedupe.truth import Pair, Truth, find_truth
from filo.operational.doubles.keys import keys_of, pairs_in_blocks
from filo.operational.doubles.likeness.comparing import BULK, SHOWN, compare
from filo.operational.doubles.likeness.estimating import estimate
from filo.operational.doubles.likeness.model import DEFAULT, Model
from filo.operational.doubles.likeness.traits import Traits

_TO_LEARN_FROM = 40_000
_MOST_PAIRS, _PAIRS_OF_A_ROW = 300_000, 40
_SEED = 1969


@dataclass(frozen=True)
class Figures:
    """How good a set of pairs is: shares of 1, and how many there are."""

    threshold: float
    found: int
    right: int
    precision: float
    recall: float
    f1: float


@dataclass(frozen=True)
class Report:
    """All that `bench dedupe` tells."""

    files: tuple[str, ...]
    kind: str
    rows: int
    truth: str
    doubles: int
    compared: tuple[str, ...]
    candidates: int
    blocks_left_out: int
    blocking_recall: float
    shown: Figures
    without_following: Figures
    bulk: Figures
    seconds: float
    seconds_comparing: float
    megabytes: float


def measure(
    files: Sequence[Path], *, labels: str = "", threshold: float | None = None, as_shipped: bool = False
) -> Report:
    """Read, learn, compare, judge. Raises `Unreadable`."""
    began, shown = time.perf_counter(), threshold or SHOWN
    table = read_table(files)
    truth = find_truth(table, labels) or Truth(frozenset(), "", frozenset())
    kind, meant = meanings(table, truth.columns, as_shipped=as_shipped)
    parties = [party_of(row, kind, meant) for row in table.rows]
    keys = map(keys_of, parties) if as_shipped else keys_of_rows(parties, table.rows, meant)
    blocks = pairs_in_blocks(enumerate(keys), most=_MOST_PAIRS + _PAIRS_OF_A_ROW * len(parties))
    pairs = sorted(blocks.pairs)
    model = shipped(parties, meant) if as_shipped else learn(parties, pairs, kind, meant)
    before = time.perf_counter()
    scored = {pair: compare(parties[pair[0]], parties[pair[1]], model).probability for pair in pairs}
    compared = time.perf_counter() - before
    followed = with_following(
        scored, lambda pair: compare(parties[pair[0]], parties[pair[1]], model).probability, least=shown
    )
    done = time.perf_counter()
    return Report(
        files=tuple(str(path) for path in files),
        kind=kind,
        rows=len(parties),
        truth=truth.told_by,
        doubles=len(truth.pairs),
        compared=tuple(f"{one.header} ({one.code or one.compared_as})" for one in meant),
        candidates=len(pairs),
        blocks_left_out=blocks.left_out,
        blocking_recall=_share(len(truth.pairs & blocks.pairs), len(truth.pairs)),
        shown=judge(followed, truth.pairs, shown),
        without_following=judge(scored, truth.pairs, shown),
        bulk=judge(followed, truth.pairs, max(BULK, shown)),
        seconds=round(done - began, 2),
        seconds_comparing=round(compared, 2),
        megabytes=round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    )


def shipped(parties: Sequence[Traits], meant: Sequence[Meaning]) -> Model:
    """The model that the product uses: its chances as they are, the commonness of names counted."""
    return replace(DEFAULT.among(len(parties)), commonness=commonness_of(parties, meant))


def learn(parties: Sequence[Traits], pairs: Sequence[Pair], kind: str, meant: Sequence[Meaning]) -> Model:
    """A model of this file, from pairs that nobody has judged."""
    chance = random.Random(_SEED)  # noqa: S311 - the same sample each time
    some = pairs if len(pairs) <= _TO_LEARN_FROM else chance.sample(pairs, _TO_LEARN_FROM)
    numbers = range(len(parties))
    all_pairs = max(1, len(parties) * (len(parties) - 1) // 2)
    at_random = [chance.sample(numbers, 2) for _each in range(min(_TO_LEARN_FROM, all_pairs))] if numbers[1:] else []
    columns = tuple(meaning.column for meaning in meant if not meaning.code)
    model = Model(DEFAULT.people, DEFAULT.firms, commonness_of(parties, meant), columns)
    return estimate(
        ((parties[one], parties[other]) for one, other in some),
        ((parties[one], parties[other]) for one, other in at_random),
        model,
        kind=kind,
        all_pairs=all_pairs,
        share_of_pairs=len(some) / max(1, len(pairs)),
    )


def judge(scored: Mapping[Pair, float], true: Collection[Pair], threshold: float) -> Figures:
    """The figures of the pairs that are at least so likely."""
    found = [pair for pair, probability in scored.items() if probability >= threshold]
    right = sum(pair in true for pair in found)
    precision, recall = _share(right, len(found)), _share(right, len(true))
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return Figures(threshold, len(found), right, precision, recall, round(f1, 4))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
