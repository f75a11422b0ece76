"""What is looked for is reached by its words: not by going through all things of its kind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from filo.foundation.ids import uuid7
from filo.foundation.search.queries import matching_groups, notes_with
from filo.foundation.search.services import index

pytestmark = pytest.mark.django_db
WORDS = [("giacca*",), ("alpina*",)]


@pytest.mark.parametrize("ask", [matching_groups, notes_with])
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL analyses its tables by itself")
def test_a_table_that_was_never_analysed_is_read_by_words(ask: Callable[..., QuerySet[Any, Any]]) -> None:
    plan = ask("product", WORDS).explain()
    assert "USING INTEGER PRIMARY KEY (rowid=?)" in plan
    assert "kind=?" not in plan


def test_only_things_of_the_kind_are_found() -> None:
    keys = {kind: uuid7() for kind in ("product", "party")}
    for kind, key in keys.items():
        index(kind, {key: "giacca alpina"})
    for kind, key in keys.items():
        assert list(matching_groups(kind, WORDS).values_list("object_id", flat=True)) == [key]
