"""The desk that tests of quotes stand at."""

from __future__ import annotations

import pytest

from filo.operational.quotes.tests.desk import Desk, desk_of
from filo.testing.world import World


@pytest.fixture
def desk(world: World) -> Desk:
    return desk_of(world)
