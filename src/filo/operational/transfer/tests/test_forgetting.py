"""A file that was brought in goes with its rows when a rule says so; customers stay, and so does what is under way."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from filo.foundation import clock
from filo.foundation.access.principal import system
from filo.foundation.ids import uuid7
from filo.foundation.privacy.models import RetentionRun
from filo.foundation.privacy.services.applying import apply_rules
from filo.foundation.privacy.services.holds import place_hold
from filo.foundation.privacy.services.rules import add_rule
from filo.operational.parties.models import Party
from filo.operational.transfer.models import BatchState, ImportBatch, ImportRow
from filo.operational.transfer.services import forgetting
from filo.operational.transfer.tests.files import LIBRARIES, brought
from filo.testing.world import World


def old_import(text: str = LIBRARIES) -> ImportBatch:
    """One of a hundred days ago, its file too."""
    batch = brought(text)
    moment = clock.now() - timedelta(days=100)
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=moment)
    os.utime(batch.path, (moment.timestamp(), moment.timestamp()))
    return batch


@pytest.fixture
def _rule(world: World) -> None:
    add_rule(world.principal("admin"), kind="imports", days=91)


def night() -> int:
    return apply_rules(system("night"), job=uuid7())["rows"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_rule")
def test_file_rows_and_note_go_and_customers_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    batch = old_import()
    customers = Party.objects.count()
    assert (ImportRow.objects.count(), batch.path.exists()) == (3, True)
    assert night() == 1
    assert (ImportBatch.objects.count(), ImportRow.objects.count(), batch.path.exists()) == (0, 0, False)
    assert Party.objects.count() == customers


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_rule")
def test_a_file_that_a_younger_import_has_too_stays() -> None:
    old = old_import()
    brought(LIBRARIES, name="again.csv")
    os.utime(old.path, (0, 0))
    assert night() == 1
    assert old.path.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_rule")
def test_what_is_under_way_or_held_stays(world: World) -> None:
    held = old_import()
    running = old_import(LIBRARIES.replace("XX", "YY"))
    ImportBatch.objects.filter(pk=running.pk).update(state=BatchState.RUNNING)
    party = ImportRow.objects.filter(batch=held).exclude(party=None)[0].party
    assert party is not None
    place_hold(world.principal("admin"), "party", party.id, reason="Lawsuit")
    assert night() == 0
    assert ImportBatch.objects.count() == 2
    assert RetentionRun.objects.get().held == 1
