"""Whoever opens a page of a muted copy reads that it is one; nothing it calls is called."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from filo.foundation import clock
from filo.foundation.access.principal import Principal, system
from filo.foundation.audit.models import AuditEntry
from filo.foundation.copies.models import Mute
from filo.foundation.copies.queries import forget_what_is_known, is_muted, last_backup
from filo.foundation.copies.services import end_mute, mute, note_backup
from filo.foundation.egress import EgressRefused, call
from filo.foundation.errors import Forbidden
from filo.testing.clients import CheckedClient
from filo.testing.world import World

TAKEN_AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
COMMAND = system("command line")


def test_every_page_says_that_it_is_a_muted_copy(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    agent = client_of("agent")
    assert "muted-copy" not in agent.get("/tasks").text
    mute(COMMAND, taken_at=TAKEN_AT, source="filo.tar.gz")
    for address in ("/", "/parties", "/tasks"):
        assert "20 novembre 2026, 04:00" in agent.get(address).text
    end_mute(COMMAND, forgotten=0, sent=0)
    assert "muted-copy" not in agent.get("/tasks").text


def test_a_process_learns_it_when_it_looks(world: World, client_of: Callable[[str], CheckedClient]) -> None:
    Mute.objects.create(since=clock.now(), taken_at=TAKEN_AT)
    forget_what_is_known()
    assert "muted-copy" not in client_of("agent").get("/tasks").text
    assert is_muted()
    assert "muted-copy" in client_of("agent").get("/tasks").text


def test_a_muted_copy_calls_nobody(db: None) -> None:
    mute(COMMAND, taken_at=TAKEN_AT, source="filo.tar.gz")
    with pytest.raises(EgressRefused) as refused:
        call("GET", "https://example.com/")
    assert refused.value.reason == "muted"


def test_muting_twice_is_one_mute_and_ending_it_is_in_the_audit(db: None) -> None:
    first = mute(COMMAND, taken_at=TAKEN_AT, source="one.tar.gz")
    assert mute(COMMAND, taken_at=TAKEN_AT + timedelta(days=1), source="two.tar.gz") == first
    assert end_mute(COMMAND, forgotten=3, sent=0)
    assert not end_mute(COMMAND, forgotten=0, sent=0)
    entry = AuditEntry.objects.get(action="copy.unmute")
    assert (entry.object_id, entry.changes) == (first.id, {"forgotten": [None, 3], "sent": [None, 0]})
    assert not is_muted()


def test_the_last_backup_is_the_newest(db: None) -> None:
    assert last_backup() is None
    for days in (3, 1, 2):
        at = clock.now() - timedelta(days=days)
        note_backup(COMMAND, at=at, file=f"{days}.tar.gz", size=10, seconds=1.5, version="1")
    newest = last_backup()
    assert newest is not None
    assert newest.file == "1.tar.gz"


def test_only_who_looks_after_the_firm_does_any_of_it(world: World) -> None:
    agent: Principal = world.principal("agent")
    with pytest.raises(Forbidden):
        mute(agent, taken_at=TAKEN_AT, source="")
    with pytest.raises(Forbidden):
        end_mute(agent, forgotten=0, sent=0)
    with pytest.raises(Forbidden):
        note_backup(agent, at=TAKEN_AT, file="x", size=1, seconds=1, version="1")
