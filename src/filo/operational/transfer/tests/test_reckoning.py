"""PostgreSQL looks at its tables after a large import, once, and not after a small one."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from filo.operational.transfer.tests.files import LIBRARIES, brought
from filo.testing.world import World


def analysed() -> int:
    with CaptureQueriesContext(connection) as asked:
        batch = brought(LIBRARIES, kind="organisations")
    assert (batch.state, batch.created) == ("done", 3)
    return sum(query["sql"].startswith("ANALYZE") for query in asked.captured_queries)


@pytest.mark.parametrize(("many", "times"), [(3, 1), (4, 0)])
def test_only_many_new_rows_are_worth_a_look(
    world: World, monkeypatch: pytest.MonkeyPatch, many: int, times: int
) -> None:
    monkeypatch.setattr("filo.operational.transfer.services.reckoning.MANY", many)
    assert analysed() == (times if connection.vendor == "postgresql" else 0)
