"""A trial tells what the run then does, and writes nothing."""

from __future__ import annotations

import pytest

from filo.foundation.jobs.leases import claim
from filo.foundation.jobs.running import run_claimed
from filo.operational.doubles.services.looking import look_at
from filo.operational.parties.models import Party
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.services.belonging import Defaults
from filo.operational.transfer.services.preparing import correct_import, shape_of
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.services.starting import start_import, try_later
from filo.operational.transfer.tests.files import IMPORTER, LIBRARIES, PEOPLE, brought, counts, prepared
from filo.operational.transfer.trial import Trial, try_out
from filo.testing.world import World

MESSY = (
    LIBRARIES
    + "IT-XX0001;Biblioteca comunale;Via Nuova 3;;;;;;;;;\nIT-XX0004;;;;;;;;;;;\n"
    + "IT-XX0001;Biblioteca comunale;;;;;;;;;;\n"
)


def trial_of(batch: ImportBatch) -> Trial:
    columns = usable_columns(IMPORTER, from_json(batch.mapping), batch.kind)
    return try_out(IMPORTER, batch.path, shape_of(batch), columns, kind=batch.kind, mode=batch.mode)


@pytest.mark.parametrize("mode", ["upsert", "create", "update"])
@pytest.mark.parametrize("there", ["", LIBRARIES, MESSY])
def test_it_tells_what_the_run_does(world: World, mode: str, there: str) -> None:
    if there:
        brought(there)
    batch = prepared(MESSY, mode=mode)
    for column in batch.mapping:
        if column["header"] == "codice-isil":
            column |= {"field": "identity", "system": "codice isil"}
    batch.save()
    parties, rows = Party.objects.count(), ImportRow.objects.count()
    found = trial_of(batch)
    assert (Party.objects.count(), ImportRow.objects.count()) == (parties, rows)
    ran = carry_on(IMPORTER, start_import(IMPORTER, batch, in_background=False))
    assert (found.created, found.updated, found.unchanged, found.rejected) == counts(ran)
    assert (found.duplicates, found.warned, found.rows) == (ran.duplicates, ran.warned, ran.total)


def test_it_tells_of_people_and_their_firms(world: World) -> None:
    assert trial_of(prepared(PEOPLE)).created == 3
    brought(PEOPLE.replace("Lanificio Bassi S.r.l.", ""))
    found = trial_of(prepared(PEOPLE))
    assert (found.updated, found.unchanged) == (1, 2)


def test_the_first_problems_are_listed(world: World) -> None:
    text = "denominazione;telefono\n" + "Bar;non so\n" * 60
    found = trial_of(prepared(text))
    assert (len(found.problems), found.warned) == (50, 60)
    assert found.problems[0]["number"] == 2
    assert found.problems[0]["column"] == "telefono"


def test_in_the_background_it_is_kept_unless_the_import_was_corrected(world: World) -> None:
    admin = world.principal("admin")
    batch = prepared(LIBRARIES, principal=admin)
    try_later(admin, batch)
    corrected = correct_import(
        admin,
        batch,
        version=batch.version,
        kind=batch.kind,
        mode="update",
        encoding=batch.encoding,
        delimiter=batch.delimiter,
        has_header=True,
        fields=None,
        defaults=Defaults(world.companies["moda"]),
    )
    _run_next()
    assert ImportBatch.objects.get().trial is None
    try_later(admin, corrected)
    _run_next()
    trial = ImportBatch.objects.get().trial or {}
    assert (trial["rejected"], trial["created"]) == (3, 0)


def _run_next() -> None:
    job = claim("tester", ["long"])
    assert job is not None
    run_claimed(job)


def test_new_rows_that_look_like_a_card_are_named(world: World) -> None:
    look_at([party.pk for party in Party.objects.all()])
    content = "Ragione sociale;E-mail;Città\nLanificio Bassi;info@lanificio.example;Milano\nNuova Ditta;;\n"
    found = trial_of(prepared(content))
    assert (found.created, found.alike.compared, found.alike.number) == (2, 2, 1)
    assert [(row["number"], row["name"], row["card"]) for row in found.alike.shown] == [
        (2, "Lanificio Bassi", "Lanificio Bassi S.r.l.")
    ]
