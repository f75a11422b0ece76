"""The sales floor that tests of deals stand on."""

from __future__ import annotations

import pytest

from filo.operational.deals.tests.floor import Floor, floor_of
from filo.testing.world import World


@pytest.fixture
def floor(world: World) -> Floor:
    return floor_of(world)
