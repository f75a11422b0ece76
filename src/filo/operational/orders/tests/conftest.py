"""The counter that tests of orders stand at."""

from __future__ import annotations

import pytest

from filo.operational.orders.tests.counter import Counter, counter_of
from filo.testing.world import World


@pytest.fixture
def counter(world: World) -> Counter:
    return counter_of(world)
