"""The chances behind a likeness: how often each level of agreement comes with one party, and how often with two.

After Fellegi and Sunter, "A theory for record linkage" (JASA 64, 1969): a level that occurs with probability m
among pairs that are one party and u among pairs that are two tells log2(m / u) bits. The u here is said three
times, because those who are not one party are not all strangers: a father and his son share a telephone and an
address, two colleagues a letter box, two branches a name. What speaks for one party must speak louder than for
each of these rivals.

Where the figures come from: m are those that `estimate` (EM) finds on Febrl's and splink's files and on the
Italian set of the tests, rounded, with more room for what such sets do not have (people who move house, change
numbers). u of strangers are counted on random pairs of the same files, and for names and towns the commonness of
the value that is shared. Those of the rivals are judgement: what a family or an office shares.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from filo.operational.doubles.likeness.commonness import Commonness
from filo.operational.doubles.likeness.traits import PERSON

PAIR = tuple[str, str]


class Chances(NamedTuple):
    """How often a level occurs with one party, and with two who are strangers or one of two kinds of near ones."""

    same: float
    strangers: float
    near: float
    others: float

    @property
    def bits(self) -> tuple[float, float, float]:
        strangers, near, others = (round(math.log2(self.same / one), 2) for one in self[1:])
        return strangers, near, others


# Of people: strangers, a household (family, address, telephone), colleagues (address, telephone, domain).
_PEOPLE: dict[str, dict[str, Chances]] = {
    "given_name": {
        "exact": Chances(0.79, 0.008, 0.003, 0.008),
        "nickname": Chances(0.05, 0.002, 0.0008, 0.002),
        "initial": Chances(0.03, 0.003, 0.003, 0.003),
        "part": Chances(0.03, 0.003, 0.002, 0.003),
        "near": Chances(0.06, 0.003, 0.003, 0.003),
        "similar": Chances(0.02, 0.012, 0.012, 0.012),
        "gender": Chances(0.003, 0.004, 0.02, 0.004),
        "different": Chances(0.015, 0.918, 0.909, 0.918),
    },
    "family_name": {
        "exact": Chances(0.86, 0.0008, 0.8, 0.003),
        "part": Chances(0.02, 0.0002, 0.01, 0.0005),
        "initial": Chances(0.01, 0.001, 0.009, 0.001),
        "near": Chances(0.06, 0.001, 0.03, 0.001),
        "similar": Chances(0.015, 0.01, 0.01, 0.01),
        "different": Chances(0.035, 0.938, 0.14, 0.938),
    },
    "names": {
        "swapped": Chances(0.02, 1e-6, 1e-4, 1e-6),
        "exact": Chances(0.8, 1e-5, 0.002, 1e-5),
        "part": Chances(0.1, 1e-5, 0.01, 1e-5),
        "near": Chances(0.06, 1e-5, 0.003, 1e-5),
        "different": Chances(0.04, 0.999, 0.98, 0.999),
    },
    "email": {
        "exact": Chances(0.5, 1e-6, 0.15, 0.1),
        "typo": Chances(0.05, 0.0002, 0.01, 0.005),
        "local": Chances(0.05, 0.005, 0.02, 0.01),
        "different": Chances(0.4, 0.995, 0.82, 0.885),
    },
    "phone": {
        "mobile": Chances(0.4, 1e-6, 0.04, 0.02),
        "exact": Chances(0.2, 1e-6, 0.35, 0.25),
        "typo": Chances(0.04, 1e-5, 0.003, 0.003),
        "range": Chances(0.01, 3e-5, 0.02, 0.15),
        "different": Chances(0.35, 0.9999, 0.587, 0.577),
    },
    "domain": {
        "exact": Chances(0.6, 0.0005, 0.1, 0.9),
        "different": Chances(0.4, 0.9995, 0.9, 0.1),
    },
    "vat_number": {
        "exact": Chances(0.93, 1e-7, 0.05, 0.3),
        "typo": Chances(0.04, 1e-6, 1e-4, 1e-4),
        "different": Chances(0.03, 0.9999, 0.95, 0.7),
    },
    "codice_fiscale": {
        "exact": Chances(0.95, 1e-9, 1e-5, 1e-7),
        "typo": Chances(0.04, 1e-8, 1e-4, 1e-7),
        "part": Chances(0.008, 2e-5, 0.003, 2e-5),
        "different": Chances(0.002, 0.9999, 0.997, 0.9999),
    },
    "birth_date": {
        "exact": Chances(0.9, 5e-5, 0.003, 5e-5),
        "placeholder": Chances(0.9, 0.01, 0.02, 0.01),
        "typo": Chances(0.06, 0.0008, 0.0015, 0.0008),
        "part": Chances(0.02, 0.004, 0.006, 0.004),
        "different": Chances(0.006, 0.994, 0.986, 0.994),
    },
    "address": {
        "door": Chances(0.55, 1e-5, 0.6, 0.5),
        "street": Chances(0.08, 5e-5, 0.1, 0.1),
        "number": Chances(0.03, 0.0002, 0.02, 0.03),
        "town": Chances(0.17, 0.01, 0.14, 0.16),
        "elsewhere": Chances(0.02, 0.0005, 0.02, 0.01),
        "different": Chances(0.15, 0.9892, 0.12, 0.2),
    },
}
# Of firms: strangers, branches (name, domain; another place), neighbours (place, telephone, domain; another name).
_FIRMS: dict[str, dict[str, Chances]] = {
    "name": {
        "exact": Chances(0.55, 5e-5, 0.75, 0.0005),
        "words": Chances(0.06, 1e-5, 0.05, 0.0002),
        "near": Chances(0.1, 5e-5, 0.03, 0.0005),
        "most": Chances(0.12, 0.0002, 0.1, 0.005),
        "part": Chances(0.05, 0.001, 0.04, 0.12),
        "within": Chances(0.05, 0.0002, 0.03, 0.05),
        "little": Chances(0.03, 0.01, 0.02, 0.1),
        "acronym": Chances(0.01, 0.0002, 0.002, 0.005),
        "different": Chances(0.04, 0.988, 0.01, 0.72),
    },
    "legal_form": {
        "exact": Chances(0.9, 0.35, 0.8, 0.6),
        "different": Chances(0.1, 0.65, 0.2, 0.4),
    },
    "email": {
        "exact": Chances(0.45, 1e-6, 0.04, 0.2),
        "typo": Chances(0.04, 1e-4, 0.01, 0.005),
        "local": Chances(0.06, 1e-5, 0.02, 0.01),
        "different": Chances(0.45, 0.999, 0.89, 0.78),
    },
    "phone": {
        "mobile": Chances(0.15, 1e-6, 0.01, 0.1),
        "exact": Chances(0.4, 1e-6, 0.025, 0.3),
        "typo": Chances(0.04, 1e-5, 0.002, 0.01),
        "range": Chances(0.06, 5e-5, 0.02, 0.1),
        "different": Chances(0.35, 0.9999, 0.928, 0.49),
    },
    "domain": {
        "exact": Chances(0.75, 0.0001, 0.7, 0.5),
        "different": Chances(0.25, 0.9999, 0.3, 0.5),
    },
    "vat_number": {
        "exact": Chances(0.945, 1e-7, 1e-4, 1e-4),
        "typo": Chances(0.04, 1e-6, 1e-4, 1e-4),
        "different": Chances(0.015, 0.9999, 0.9998, 0.9998),
    },
    "address": {
        "door": Chances(0.55, 1e-5, 0.003, 0.7),
        "street": Chances(0.1, 5e-5, 0.02, 0.12),
        "number": Chances(0.05, 0.0003, 0.02, 0.06),
        "town": Chances(0.17, 0.01, 0.2, 0.07),
        "elsewhere": Chances(0.03, 0.0005, 0.01, 0.02),
        "different": Chances(0.1, 0.9892, 0.74, 0.03),
    },
}
# Where what is shared is as common as its value, for strangers and for the last of the rivals.
BY_VALUE: Mapping[PAIR, tuple[bool, bool, bool]] = {
    ("given_name", "exact"): (True, False, True),
    ("family_name", "exact"): (True, False, True),
    ("name", "exact"): (True, False, False),
    ("name", "words"): (True, False, False),
    ("address", "town"): (True, False, False),
    ("email", "exact"): (True, False, False),
    ("phone", "exact"): (True, False, False),
    ("phone", "mobile"): (True, False, False),
}
_DOUBLES = 0.1  # of the parties, how many are there a second time
LOWEST = 1e-7  # no value is rarer than this


@dataclass(frozen=True, eq=False)
class Table:
    """The chances of one kind of party, with the bits that follow from them.

    `near_ones` are how many pairs of each kind of near ones there are for each pair that is one party.
    """

    chances: Mapping[PAIR, Chances]
    bits: Mapping[PAIR, tuple[float, float, float]]
    near_ones: tuple[float, float]

    @classmethod
    def of(cls, chances: Mapping[PAIR, Chances], near_ones: tuple[float, float]) -> Table:
        """With the bits worked out."""
        return cls(chances, {pair: found.bits for pair, found in chances.items()}, near_ones)


@dataclass(frozen=True, eq=False)
class Column:
    """A column of a file that no party has: its name, and how it is compared."""

    name: str
    compared_as: str  # text, code, day, number


@dataclass(frozen=True, eq=False)
class Model:
    """All that `compare` knows: chances, how common values are, and how rare doubles are."""

    people: Table
    firms: Table
    commonness: Commonness = field(default_factory=Commonness)
    columns: tuple[Column, ...] = ()
    odds: float = 1e-5  # of two parties to be one rather than strangers, before anything is known of them

    def among(self, parties: int) -> Model:
        """For a house with so many parties: the more there are, the more of them are alike by chance."""
        return replace(self, odds=_DOUBLES / max(parties, 2_000))

    def table_of(self, kind: str) -> Table:
        """The chances for parties of this kind."""
        return self.people if kind == PERSON else self.firms

    def prior(self, kind: str) -> tuple[float, float, float]:
        """The bits before anything is known, against strangers and against both kinds of near ones."""
        return self._priors[kind == PERSON]

    @cached_property
    def _priors(self) -> tuple[tuple[float, float, float], ...]:
        odds = math.log2(self.odds)
        return tuple(
            (odds, -math.log2(table.near_ones[0]), -math.log2(table.near_ones[1]))
            for table in (self.firms, self.people)
        )


def flat(chances: Mapping[str, Mapping[str, Chances]]) -> dict[PAIR, Chances]:
    """By field and level in one."""
    return {(name, level): found for name, levels in chances.items() for level, found in levels.items()}


DEFAULT = Model(people=Table.of(flat(_PEOPLE), (4.0, 4.0)), firms=Table.of(flat(_FIRMS), (0.7, 2.0)))
