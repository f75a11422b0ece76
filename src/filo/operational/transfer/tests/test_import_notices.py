"""Whoever started an import is told how it ended, in the words of the day on which it is read."""

from __future__ import annotations

from filo.foundation.errors import DomainError
from filo.foundation.events.services import relay_batch
from filo.foundation.notices.models import Notice
from filo.foundation.notices.queries import told
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.services.running import fail_import
from filo.operational.transfer.services.starting import start_import
from filo.operational.transfer.tests.files import LIBRARIES, brought, prepared
from filo.testing.world import World


def lines(world: World, name: str) -> list[str]:
    mine = Notice.objects.filter(person=world.people[name]).order_by("at", "id")
    return [one.sentence for one in told(world.principal(name), mine)]


def test_a_file_that_is_in_is_told_to_who_started_it(world: World) -> None:
    brought(LIBRARIES, principal=world.principal("inside"))
    relay_batch()
    assert lines(world, "inside") == ["Il file clienti.csv è stato importato."]
    assert Notice.objects.count() == 1


def test_a_file_that_cannot_come_in_is_told_too(world: World) -> None:
    inside = world.principal("inside")
    batch: ImportBatch = start_import(inside, prepared(LIBRARIES, principal=inside), in_background=False)
    fail_import(inside, batch, DomainError())
    relay_batch()
    assert lines(world, "inside") == ["L'importazione del file clienti.csv non è arrivata alla fine."]
