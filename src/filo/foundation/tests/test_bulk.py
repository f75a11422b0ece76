"""Rows that go in as plain values are as those that objects were made of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from filo.foundation import clock
from filo.foundation.audit.models import AuditEntry
from filo.foundation.bulk import insert, insert_values, learn_grown
from filo.foundation.ids import uuid7, uuid7s
from filo.testing.served import until


def stored(keys: list[UUID]) -> list[dict[str, Any]]:
    return [{**row} for row in AuditEntry.objects.filter(pk__in=keys).order_by("id").values()]


@pytest.mark.django_db
@pytest.mark.parametrize("number", [1, 30])
def test_they_hold_what_objects_would(number: int) -> None:
    moment, act, thing = clock.now(), uuid7(), uuid7()
    same: dict[str, Any] = {"at": moment, "operation": act, "actor_name": "Bassi", "door": "page", "action": "x.edit"}
    changes = [{"name": [None, f"È {place}"]} if place % 2 else {} for place in range(number)]
    first, second = uuid7s(number), uuid7s(number)
    insert(
        AuditEntry,
        [
            AuditEntry(id=key, kind="x", object_id=thing, changes=change, **same)
            for key, change in zip(first, changes, strict=True)
        ],
    )
    rows = [(key, change) for key, change in zip(second, changes, strict=True)]
    insert_values(AuditEntry, ("id", "changes"), rows, kind="x", object_id=thing, **same)
    one, other = stored(first), stored(second)
    assert [row | {"id": None} for row in one] == [row | {"id": None} for row in other]
    assert [row["changes"] for row in other] == changes


@pytest.mark.django_db
def test_what_each_must_have_of_its_own_has_to_be_named() -> None:
    with pytest.raises(LookupError, match=r"AuditEntry\.id"):
        insert_values(AuditEntry, ("kind",), [("x",)], object_id=uuid7(), at=clock.now(), operation=uuid7())


def test_keys_made_at_once_are_all_different_and_in_order() -> None:
    keys = uuid7s(5_000)
    assert len(set(keys)) == 5_000
    assert sorted(keys) == keys
    assert keys[-1] < uuid7()
    assert uuid7s(0) == []


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no planner that looks by itself")
def test_a_table_that_grew_is_looked_at_once_where_nobody_does_it_by_itself() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE audit_auditentry")
        cursor.execute("SELECT current_setting('autovacuum')")
        (by_itself,) = cursor.fetchone()
    moment = clock.now()
    values = {"at": moment, "operation": uuid7(), "actor_name": "", "door": "page", "action": "x.edit", "kind": "x"}
    insert(AuditEntry, [AuditEntry(id=key, object_id=key, changes={}, **values) for key in uuid7s(1_500)])
    if by_itself == "on":
        assert learn_grown() == 0
        return

    def is_known() -> bool:
        learn_grown()  # the counters of what changed come a moment after it
        with connection.cursor() as cursor:
            cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'audit_auditentry'")
            return bool(cursor.fetchone() == (1_500,))

    assert until(is_known, seconds=20)
