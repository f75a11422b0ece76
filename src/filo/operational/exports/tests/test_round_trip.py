"""What was taken out comes in again as it was."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from filo.foundation.access.principal import system
from filo.operational.exports.tests.taking import documents, table, taken
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import create_party
from filo.operational.transfer.models import ImportBatch
from filo.operational.transfer.services.preparing import prepare_import
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.services.starting import start_import
from filo.testing.world import BUILDER, World

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "given_name": "Nicolò", "family_name": "De' Rossi", "title": "Dott.", "gender": "male",
        "birth_date": "1983-11-18", "codice_fiscale": "RCCMNL83S18D969H", "language": "en",
        "notes": "=1+1\nseconda riga; con \"virgolette\"",
        "contact_points": [
            {"type": "email", "value": "nicolo@example.it", "preferred": True},
            {"type": "email", "value": "n.derossi@example.com"},
            {"type": "mobile", "value": "+39 333 1234567"},
            {"type": "phone", "value": "089 123456"},
        ],
        "addresses": [
            {"street": "Via Roma, 1", "postal_code": "84121", "city": "Salerno", "province": "SA"},
            {"use": "billing", "street": "Corso Italia 7", "postal_code": "00184", "city": "Roma", "province": "RM"},
        ],
    },
    {
        "given_name": "Anna", "family_name": "Verdi",
        "contact_points": [{"type": "email", "value": "anna@verdi.example"}],
    },
)  # fmt: skip
FIRM: dict[str, Any] = {
    "kind": "organisation", "legal_name": "Nuova Tessitura S.r.l.", "vat_number": "00743110157", "sector": "Moda",
    "sdi_code": "ABC1234", "notes": "- primo cliente",
    "contact_points": [
        {"type": "pec", "value": "tessitura@pec.example"}, {"type": "web", "value": "https://tessitura.example"},
    ],
    "addresses": [{"street": "Via Po 3", "postal_code": "06121", "city": "Perugia", "province": "PG"}],
}  # fmt: skip
OURS = (
    "Selling", "Further rel", "Product line", "Owner", "Area", "Channel", "Unit", "Stage", "Source", "Last contact",
    "Entered", "Changed", "Società venditrice", "Altri rapporti", "Linea", "Agente", "Canale", "Unità", "Stadio",
    "Fonte", "Ultimo", "Inserito", "Modificato", "Filo ID", "ID Filo",
)  # fmt: skip


@pytest.fixture
def people(world: World) -> None:
    for facts in PEOPLE:
        create_party(BUILDER, {"kind": "person", **facts}, relationships=[])
    create_party(BUILDER, FIRM, relationships=[])


def brought_in(content: bytes, name: str, kind: str) -> ImportBatch:
    importer = system("import")
    batch = start_import(importer, prepare_import(importer, [content], file_name=name, kind=kind), in_background=False)
    return carry_on(importer, batch)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("form", ["csv", "csv-comma", "xlsx"])
@pytest.mark.parametrize(("what", "number"), [("people", 3), ("organisations", 7)])
def test_a_table_comes_in_again_as_it_was(people: None, what: str, number: int, form: str, language: str) -> None:
    with translation.override(language):
        before = _table(what)
        export = taken(BUILDER, what, form)
        _empty(what)
        batch = brought_in(export.path.read_bytes(), export.file_name, what)
        assert (batch.created, batch.rejected) == (number, 0), batch.error
        after = _table(what)
    for new, old in zip(map(_same, after), map(_same, before), strict=True):
        assert dict(new.items() - old.items()) == dict(old.items() - new.items())


@pytest.mark.parametrize("form", ["json", "vcf"])
def test_documents_and_cards_come_in_again_as_they_were(people: None, form: str) -> None:
    before = {_identity(one) for one in documents(taken(BUILDER, "people", "json").path)}
    export = taken(BUILDER, "people", form)
    _empty("people")
    batch = brought_in(export.path.read_bytes(), export.file_name, "people")
    assert (batch.created, batch.rejected) == (3, 0), batch.error
    assert {_identity(one) for one in documents(taken(BUILDER, "people", "json").path)} == before


def test_bringing_it_in_again_where_it_is_changes_nothing(people: None) -> None:
    export = taken(BUILDER, "people", tree={"field": "reached_by", "op": "is", "value": "email"})
    batch = brought_in(export.path.read_bytes(), export.file_name, "people")
    assert (batch.created, batch.updated, batch.unchanged, batch.rejected) == (0, 0, 2, 0)


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("form", ["csv", "csv-comma", "xlsx"])
@pytest.mark.parametrize(("what", "number"), [("people", 3), ("organisations", 7), ("parties", 10)])
def test_by_its_id_each_party_is_known_again_and_as_it_was(
    people: None, what: str, number: int, form: str, language: str
) -> None:
    with translation.override(language):
        export = taken(BUILDER, what, form)
        batch = brought_in(export.path.read_bytes(), export.file_name, what)
    assert batch.mapping[0]["field"] == "party"
    assert (batch.created, batch.updated, batch.unchanged, batch.rejected) == (0, 0, number, 0)


@pytest.mark.parametrize("language", ["it", "en"])
def test_what_was_edited_in_the_file_changes_that_party_alone(people: None, language: str) -> None:
    with translation.override(language):
        export = taken(BUILDER, "people")
        text = export.path.read_bytes().decode().replace("Anna;Verdi", "Annalisa;Bianchi")
        batch = brought_in(text.replace("anna@verdi", "annalisa@bianchi").encode(), export.file_name, "people")
    assert (batch.created, batch.updated, batch.unchanged, batch.rejected) == (0, 1, 2, 0)
    changed = Party.objects.get(family_name="Bianchi")
    assert (changed.given_name, Party.objects.filter(family_name="Verdi").exists()) == ("Annalisa", False)


def _table(what: str) -> list[dict[str, str]]:
    return table(taken(BUILDER, what, sort="name").path.read_bytes())


def _empty(what: str) -> None:
    Party.objects.filter(kind="person" if what == "people" else "organisation").delete()


def _same(row: dict[str, str]) -> dict[str, str]:
    """What a file of customers carries: not when somebody entered here, nor who follows them."""
    return {name: value for name, value in row.items() if not name.startswith(OURS)}


def _identity(document: dict[str, Any]) -> tuple[Any, ...]:
    points = tuple(sorted((point["type"], point["normalised"]) for point in document["contact_points"]))
    places = tuple(sorted((place["street"], place["postal_code"], place["city"]) for place in document["addresses"]))
    facts = tuple(document[name] for name in ("kind", "given_name", "family_name", "birth_date", "notes"))
    return (*facts, points, places)
