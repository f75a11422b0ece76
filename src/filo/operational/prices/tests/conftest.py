"""The shop that tests of prices stand in."""

from __future__ import annotations

import pytest

from filo.operational.prices.tests.shop import Shop, open_shop
from filo.testing.world import World


@pytest.fixture
def shop(world: World) -> Shop:
    return open_shop(world)
