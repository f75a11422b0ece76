"""*Health* tells when the last backup was made, after a week that it is late, and that a copy is muted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.audit.services import record
from filo.foundation.copies.queries import forget_what_is_known
from filo.foundation.copies.services import mute, note_backup
from filo.foundation.health.checks import backups
from filo.foundation.health.checkup import Level
from filo.foundation.health.single_points import no_backup
from filo.foundation.ids import uuid7

COMMAND = system("command line")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield
    forget_what_is_known()


def made(days: float) -> None:
    at = clock.now() - timedelta(days=days)
    note_backup(COMMAND, at=at, file="filo.tar.gz", size=12_000_000, seconds=3, version="1")


def test_without_one_everything_may_be_lost(db: None) -> None:
    found = backups.look()
    assert (found.level, "No backup was ever made" in str(found.sentence)) == (Level.WARN, True)
    assert "./filo backup" in str(found.advice)
    assert no_backup() is not None


@pytest.mark.parametrize(("days", "level"), [(0, Level.GOOD), (6.9, Level.GOOD), (7.1, Level.WARN)])
def test_one_is_fresh_for_a_week(db: None, days: float, level: Level) -> None:
    made(days)
    found = backups.look()
    assert found.level is level
    assert ("File", "filo.tar.gz") in [(str(what), much) for what, much in found.figures]
    assert (no_backup() is None) == (level is Level.GOOD)


def test_the_demo_has_nothing_to_lose(db: None) -> None:
    record(COMMAND, "demo.load", kind="demo", object_id=uuid7())
    assert backups.look().level is Level.GOOD
    assert no_backup() is None


def test_a_muted_copy_is_told_with_the_way_out(db: None) -> None:
    assert backups.look_for_mute().level is Level.GOOD
    mute(COMMAND, taken_at=datetime(2026, 11, 20, 3, tzinfo=UTC), source="filo.tar.gz")
    found = backups.look_for_mute()
    assert (found.level, "./filo unmute" in str(found.advice)) == (Level.WARN, True)
    assert "20 Nov" in str(found.sentence)
