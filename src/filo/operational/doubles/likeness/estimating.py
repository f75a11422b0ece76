"""Learn the chances from pairs that nobody has judged, by expectation and maximisation (EM).

As Jaro did it for Fellegi and Sunter's model ("Advances in record-linkage methodology", JASA 84, 1989): from the
chances as they are follows how likely each pair is one party, and from that follow better chances, until nothing
changes. Pairs that share a key teach what one party looks like; pairs taken at random teach what chance does.
Levels that were seen too seldom keep what was known of them before.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from filo.operational.doubles.likeness.columns import chances_at, chances_of
from filo.operational.doubles.likeness.model import PAIR, Chances, Model, Table
from filo.operational.doubles.likeness.spoken import what_speaks
from filo.operational.doubles.likeness.traits import PERSON, Traits

_ROUNDS = 40
_STILL = 1e-4  # less change than this in the number of doubles, and it is found
_OF_ONE, _BY_CHANCE = 100.0, 100.0  # how many pairs what was known before is worth
_LEAST = 1e-6
_FEWEST = 0.5  # of near ones, for each double

Pairs = Iterable[tuple[Traits, Traits]]
Pattern = tuple[PAIR, ...]
Counts = Mapping[Pattern, int]


@dataclass(frozen=True)
class Learned:
    """What is known after some rounds: the chances, and the odds of one party and of both kinds of near ones."""

    chances: Mapping[PAIR, Chances]
    odds: tuple[float, float, float]

    def shares(self, pattern: Pattern) -> tuple[float, float, float, float]:
        """How likely a pattern is one party, either kind of near ones, and strangers."""
        same, near, others = self.odds
        for pair in pattern:
            one = self.chances[pair]
            same, near, others = (
                same * one.same / one.strangers,
                near * one.near / one.strangers,
                others * one.others / one.strangers,
            )
        total = same + near + others + 1.0
        return same / total, near / total, others / total, 1.0 / total


def estimate(
    pairs: Pairs, by_chance: Pairs, model: Model, *, kind: str, all_pairs: int, share_of_pairs: float = 1.0
) -> Model:
    """`model` with the chances of parties of `kind` as these pairs tell them.

    `pairs` are those that share a key, or the share `share_of_pairs` of them; `by_chance` are some taken at
    random; `all_pairs` is how many there are in all. The columns of the model need no chances yet.
    """
    known = dict(model.table_of(kind).chances)
    for column in model.columns:
        for level, chances in chances_of(column).items():
            known.setdefault((column.name, level), chances)
    found, random = _patterns(pairs, model), _patterns(by_chance, model)
    whole = max(1.0, all_pairs * share_of_pairs)  # as many as those that were looked at stand for
    first = max(1.0, sum(found.values()) * 0.02) / whole
    learned = Learned(known, (first, first * _FEWEST, first * _FEWEST))
    for _round in range(_ROUNDS):
        before = learned.odds[0]
        learned = _better(learned, found, random, known, whole, model)
        if abs(math.log(learned.odds[0] / before)) < _STILL:
            break
    same, near, others = learned.odds
    table = Table.of(learned.chances, (max(near / same, _FEWEST), max(others / same, _FEWEST)))
    return replace(model, odds=same, people=table) if kind == PERSON else replace(model, odds=same, firms=table)


def _patterns(pairs: Pairs, model: Model) -> Counter[Pattern]:
    return Counter(tuple((field, level) for field, level, _share in what_speaks(a, b, model)) for a, b in pairs)


def _better(
    learned: Learned, found: Counts, random: Counts, known: Mapping[PAIR, Chances], whole: float, model: Model
) -> Learned:
    """One round: what each pattern is likely to be, and the chances and odds that follow from it."""
    of_one: dict[PAIR, float] = defaultdict(float)
    of_two: dict[PAIR, float] = defaultdict(float)
    sums = [0.0, 0.0, 0.0]
    for pattern, count in found.items():
        shares = learned.shares(pattern)
        sums = [total + share * count for total, share in zip(sums, shares, strict=False)]
        for pair in pattern:
            of_one[pair] += shares[0] * count
    for pattern, count in random.items():
        share = learned.shares(pattern)[3] * count
        for pair in pattern:
            of_two[pair] += share
    same = _shares(of_one, {pair: one.same for pair, one in known.items()}, _OF_ONE)
    strangers = _shares(of_two, {pair: one.strangers for pair, one in known.items()}, _BY_CHANCE)
    columns = {column.name: column for column in model.columns}
    chances = {
        pair: chances_at(columns[pair[0]], same[pair], max(strangers[pair], _LEAST))
        if pair[0] in columns
        else Chances(same[pair], max(strangers[pair], _LEAST), one.near, one.others)
        for pair, one in known.items()
    }
    one, near, others = (total / whole for total in sums)
    least = 1.0 / whole
    return Learned(chances, (max(one, least), max(near, least * _FEWEST), max(others, least * _FEWEST)))


def _shares(counts: Mapping[PAIR, float], before: Mapping[PAIR, float], worth: float) -> dict[PAIR, float]:
    """The share of each level among those of its field, with what was known before counted as `worth` pairs."""
    totals: dict[str, float] = defaultdict(float)
    expected: dict[str, float] = defaultdict(float)
    for pair, share in before.items():
        totals[pair[0]] += counts.get(pair, 0.0)
        expected[pair[0]] += share
    return {
        pair: (counts.get(pair, 0.0) + worth * share / expected[pair[0]]) / (totals[pair[0]] + worth)
        for pair, share in before.items()
    }
