"""The stall of the shop, laid out in the small world."""

from __future__ import annotations

import pytest

from filo.collaborative.shop.tests.stall import Stall, stall_of
from filo.testing.world import World


@pytest.fixture
def stall(world: World) -> Stall:
    return stall_of(world)
