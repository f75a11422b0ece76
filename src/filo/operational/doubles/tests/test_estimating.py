"""EM learns from pairs that nobody has judged: what one party looks like, and how often chance agrees."""

from __future__ import annotations

import random
from dataclasses import replace

from filo.operational.doubles.likeness.comparing import compare
from filo.operational.doubles.likeness.estimating import estimate
from filo.operational.doubles.likeness.model import DEFAULT, Column, Model
from filo.operational.doubles.likeness.traits import Traits

BADGE, TEAM = Column("badge", "code"), Column("team", "text")


def traits(badge: str, team: str) -> Traits:
    return Traits("person", more=(badge, team))


def test_a_column_that_doubles_share_and_strangers_do_not_weighs_much() -> None:
    chance = random.Random(1)
    people = [traits(f"{chance.randrange(10**6):06}", chance.choice(("red", "blue"))) for _each in range(400)]
    doubles = [(one, replace(one, more=(one.more[0], chance.choice(("red", "blue"))))) for one in people]
    strangers = [(chance.choice(people), chance.choice(people)) for _each in range(4000)]
    model = Model(DEFAULT.people, DEFAULT.firms, columns=(BADGE, TEAM))
    learned = estimate([*doubles, *strangers[:2000]], strangers[2000:], model, kind="person", all_pairs=400 * 399 // 2)
    bits = learned.people.bits
    assert bits["badge", "exact"][0] > 8
    assert bits["badge", "different"][0] < -3
    assert abs(bits["team", "exact"][0]) < 0.7
    assert 300 < learned.odds * 400 * 399 / 2 < 500  # 400 are
    assert compare(*doubles[0], learned).probability > 0.6
    assert compare(people[0], people[1], learned).probability < 0.01


def test_what_was_not_seen_keeps_what_was_known() -> None:
    learned = estimate([], [], DEFAULT, kind="person", all_pairs=100)
    assert learned.people.chances["email", "exact"].same == DEFAULT.people.chances["email", "exact"].same
    assert learned.firms is DEFAULT.firms
