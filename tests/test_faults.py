"""The short form of `filo faults`: what is broken on purpose is survived, counted by id."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from filo.config.faults.case import case_of, cases
from filo.config.faults.cluster import NoPostgres, programs
from filo.config.faults.stage import Stage, set_up

ROUNDS = {"F1": 1, "F2": 1, "F3": 1, "F11": 1, "F17": 8}


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """One throw-away cluster and tree for all of them."""
    try:
        programs()
    except NoPostgres as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(reason))
    with set_up(print, patient=False, durable=False) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("name", list(ROUNDS))
def test_a_fault_is_survived(stage: Stage, name: str) -> None:
    outcome = case_of(cases()[name]).play(stage, ROUNDS[name])
    assert (outcome.faults, outcome.lost, outcome.duplicate, outcome.phantom) == ([], 0, 0, 0)
    assert outcome.acked > 0


def test_every_fault_has_the_common_shape() -> None:
    for name, path in cases().items():
        case = case_of(path)
        assert callable(case.play), name
        assert case.ROUNDS > 0
        assert set(case.ENGINES) <= {"postgresql", "sqlite"}
