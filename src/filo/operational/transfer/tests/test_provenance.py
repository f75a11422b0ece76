"""Values that a file brought name the file, and lead to its import whoever may open it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from filo.operational.parties.models import Party
from filo.operational.parties.queries.provenance import provenance_of
from filo.operational.parties.services.arrivals import create_party
from filo.operational.transfer.services.forgetting import forget_import
from filo.operational.transfer.services.turning import turn, undo_import
from filo.operational.transfer.tests.files import IMPORTER, LIBRARIES, brought, by_code
from filo.testing.world import BUILDER, World


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def test_what_a_file_brought_names_it_and_leads_to_its_import(world: World) -> None:
    batch = brought(LIBRARIES, principal=world.principal("admin").through("import"))
    party = by_code("IT-XX0001")
    found = provenance_of(world.principal("admin"), party)
    for name in ("legal_name", "contact_points.0", "addresses.0", "external_identities.0"):
        assert (found[name].kind, found[name].source, found[name].by) == ("import", "clienti.csv", "Admin"), name
        assert found[name].address == f"/imports/{batch.pk}"
    assert found["legal_name"].sentence == "from the file clienti.csv, today"


def test_a_later_file_is_the_source_of_what_it_changed_alone(world: World) -> None:
    brought(LIBRARIES)
    batch = brought(LIBRARIES.replace("Via Roma, 1", "Via Milano 7"), name="nuovi.csv")
    found = provenance_of(IMPORTER, by_code("IT-XX0001"))
    assert found["addresses.0"].source == "nuovi.csv"
    assert found["legal_name"].source == "clienti.csv"
    turn(IMPORTER, undo_import(IMPORTER, batch, in_background=False))
    assert provenance_of(IMPORTER, by_code("IT-XX0001"))["addresses.0"].source == "clienti.csv"


def test_who_does_not_see_the_import_is_told_what_the_card_tells(world: World) -> None:
    brought(LIBRARIES, principal=world.principal("admin").through("import"), name="Clienti 2026.csv")
    found = provenance_of(world.principal("operator"), by_code("IT-XX0001"))["legal_name"]
    assert (found.source, found.address) == ("Clienti", "")


def test_of_a_forgotten_file_the_source_of_the_card_remains(world: World) -> None:
    batch = brought(LIBRARIES, principal=world.principal("admin").through("import"))
    forget_import(batch.pk)
    found = provenance_of(BUILDER, by_code("IT-XX0001"))["legal_name"]
    assert (found.kind, found.source, found.address) == ("import", "clienti", "")


def test_a_file_that_adds_a_number_to_a_card_is_the_source_of_that_number(world: World) -> None:
    party = create_party(
        world.principal("admin"), {"kind": "organisation", "legal_name": "Bar Sport", "vat_number": "07643521003"}
    )
    brought("denominazione;partita iva;telefono\nBar Sport;07643521003;02 1234567\n")
    found = provenance_of(BUILDER, Party.objects.get(pk=party.pk))
    assert (found["contact_points.0"].kind, found["contact_points.0"].source) == ("import", "clienti.csv")
    assert (found["vat_number"].kind, found["vat_number"].by) == ("hand", "Admin")
