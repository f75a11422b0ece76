"""What was sealed cannot be changed, removed or added to without the chain telling from where."""

from __future__ import annotations

from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.audit.chain import chain_state, check_chain, seal_entries
from filo.foundation.audit.models import AuditEntry, AuditSeal
from filo.foundation.audit.services import Change, record, record_many
from filo.foundation.ids import uuid7

WRITER = system("test")


def write(number: int, *, minutes_ago: int = 5) -> list[AuditEntry]:
    with clock.at(clock.now() - timedelta(minutes=minutes_ago)):
        changes = [Change("sample", uuid7(), {"name": ("Bassi", f"È {n}")}) for n in range(number)]
        record_many(WRITER, "sample.edit", changes)
    return list(AuditEntry.objects.filter(object_id__in=[change.object_id for change in changes]).order_by("id"))


@pytest.fixture
def sealed(db: None, monkeypatch: pytest.MonkeyPatch) -> list[AuditEntry]:
    """Nine entries in three seals."""
    monkeypatch.setattr("filo.foundation.audit.chain.AT_ONCE", 3)
    write(9)
    assert seal_entries() == 9
    return list(AuditEntry.objects.order_by("seal", "id"))


def test_batches_are_closed_without_a_gap_and_the_newest_wait(sealed: list[AuditEntry]) -> None:
    write(2, minutes_ago=0)
    assert seal_entries() == 0
    assert list(AuditSeal.objects.order_by("number").values_list("number", "count")) == [(1, 3), (2, 3), (3, 3)]
    found = check_chain()
    assert (found.flaw, found.seals, found.entries, found.waiting) == ("", 3, 9, 2)
    state = chain_state()
    assert state.sealed_until is not None
    assert state.check is not None
    assert (state.waiting, state.check.flaw) == (2, "")


def test_a_changed_row_is_found(sealed: list[AuditEntry]) -> None:
    AuditEntry.objects.filter(pk=sealed[4].pk).update(changes={"name": ["Bassi", "someone else"]})
    found = check_chain()
    assert (found.flaw, found.seals, found.entry) == ("changed", 1, sealed[3].pk)


def test_a_removed_row_is_found(sealed: list[AuditEntry]) -> None:
    sealed[8].delete()
    found = check_chain()
    assert (found.flaw, found.seals, found.entry) == ("removed", 2, sealed[6].pk)


def test_an_inserted_row_is_found(sealed: list[AuditEntry]) -> None:
    record(WRITER, "sample.edit", kind="sample", object_id=uuid7())
    AuditEntry.objects.filter(seal=None).update(seal=1)
    found = check_chain()
    assert (found.flaw, found.seals, found.entry) == ("inserted", 0, sealed[0].pk)


def test_a_forged_seal_and_a_cut_end_are_found(sealed: list[AuditEntry]) -> None:
    check_chain()
    AuditEntry.objects.filter(seal=3).delete()
    AuditSeal.objects.get(number=3).delete()
    assert check_chain().flaw == "cut"
    AuditSeal.objects.filter(number=1).update(digest="0" * 64)
    assert check_chain().flaw == "changed"
