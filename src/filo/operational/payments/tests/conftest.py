"""The books that tests of payments are written in."""

from __future__ import annotations

import pytest

from filo.operational.payments.tests.books import Books
from filo.testing.world import World


@pytest.fixture
def books(world: World) -> Books:
    return Books(world)
