"""The office that tests of invoices sit in."""

from __future__ import annotations

import pytest

from filo.operational.invoices.tests.office import Office, office_of
from filo.testing.world import World


@pytest.fixture
def office(world: World) -> Office:
    return office_of(world)
