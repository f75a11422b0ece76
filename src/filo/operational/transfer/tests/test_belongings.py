"""Owner, stage, area and unit of who is there change by rows: by the rule of the import, and the rights of people."""

from __future__ import annotations

import pytest

from filo.operational.parties.models import Party, Relationship, StageChange
from filo.operational.parties.services.arrivals import RelationshipSpec, create_party
from filo.operational.parties.services.stages import move_stage
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.placing import Placing
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.services.belonging import relationship_of
from filo.operational.transfer.services.preparing import shape_of
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, prepared, reasons
from filo.operational.transfer.tests.undoing import again, facts, told, undone
from filo.operational.transfer.trial import try_out
from filo.testing.world import World

HEAD = "Ragione sociale;Comune;Agente;Zona;Fase\n"
FIRST = HEAD + "Bar Sport;Salerno;agent@aurora.example;Nord;lead\n"
LATER = HEAD + "Bar Sport;Salerno;stranger@aurora.example;Sud;cliente\n"


def the_bar() -> Relationship:
    return Relationship.objects.select_related("area", "unit").get(party__display_name="Bar Sport")


def test_what_the_row_says_is_written_and_taken_back_with_it(world: World) -> None:
    admin = world.principal("admin")
    brought(FIRST, principal=admin)
    before = facts()
    batch = brought(LATER, principal=admin)
    assert counts(batch) == (0, 1, 0, 0)
    row = the_bar()
    assert (row.owner_id, row.area, row.unit, row.stage) == (
        world.people["stranger"].id, world.areas["sud"], world.units["sud"], "customer",
    )  # fmt: skip
    assert "clienti.csv" in StageChange.objects.get(relationship=row, to_stage="customer").reason
    came = facts()
    assert counts(brought(LATER, principal=admin)) == (0, 0, 1, 0)
    assert told(undone(batch, admin)) == ("undone", 1, 0)
    assert facts()["reach"] == before["reach"]
    row = the_bar()
    assert (row.owner_id, row.area, row.stage) == (world.people["agent"].id, world.areas["nord"], "lead")
    assert told(again(batch, admin)) == ("done", 1, 0)
    assert facts()["reach"] == came["reach"]


def test_the_trial_tells_it(world: World) -> None:
    brought(FIRST)
    batch = prepared(LATER + "Bar Sport;Salerno;stranger@aurora.example;Sud;cliente\n")
    columns = usable_columns(IMPORTER, from_json(batch.mapping), batch.kind)
    placing = Placing(IMPORTER, relationship_of(IMPORTER, batch))
    found = try_out(
        IMPORTER, batch.path, shape_of(batch), columns, kind=batch.kind, mode=batch.mode, placing=placing
    )  # fmt: skip
    assert (found.updated, found.unchanged) == (1, 1)
    assert the_bar().stage == "lead"


@pytest.mark.parametrize("rule", ["fill", "ask"])
def test_what_is_there_stays_where_the_file_only_fills(world: World, rule: str) -> None:
    brought(HEAD + "Bar Sport;Salerno;;;lead\n")
    batch = brought(LATER, conflict=rule)
    assert (counts(batch), batch.kept) == ((0, 1, 0, 0), 1)
    assert (the_bar().stage, the_bar().owner_id) == ("lead", world.people["stranger"].id)
    assert [(number, column) for number, column, _sentence in reasons(batch)] == [(2, "Fase")]


def test_what_a_person_chose_stays_where_hands_do(world: World) -> None:
    brought(FIRST)
    move_stage(world.principal("admin"), the_bar(), to="prospect", reason="asked for a price")
    batch = brought(LATER, conflict="hand")
    assert counts(batch) == (0, 1, 0, 0)
    assert (the_bar().stage, the_bar().owner_id) == ("prospect", world.people["stranger"].id)


def test_who_may_not_assign_is_told_and_the_rest_comes_in(world: World) -> None:
    text = "Ragione sociale;Comune;Agente;Settore\nBar Sport;Salerno;;bar\n"
    researcher = world.principal("researcher")
    brought(text, principal=researcher)
    batch = brought(text.replace(";;bar", ";agent@aurora.example;caffè"), principal=researcher)
    assert counts(batch) == (0, 1, 0, 0)
    assert (the_bar().owner_id, Party.objects.get(display_name="Bar Sport").sector) == (None, "caffè")
    assert [(number, column) for number, column, _sentence in reasons(batch)] == [(2, "Agente")]


def test_the_company_that_a_row_names_is_the_one_that_is_meant(world: World) -> None:
    moda, casa = world.companies["moda"], world.companies["casa"]
    specs = [RelationshipSpec(company=moda, stage="lead"), RelationshipSpec(company=casa, stage="prospect")]
    create_party(
        IMPORTER,
        {"kind": "organisation", "legal_name": "Bar Due", "addresses": [{"city": "Salerno"}]},
        relationships=specs,
    )
    head = "Ragione sociale;Comune;Società venditrice;Fase\n"
    assert counts(brought(head + "Bar Due;Salerno;Aurora Casa;cliente\n")) == (0, 1, 0, 0)
    rows = Relationship.objects.filter(party__display_name="Bar Due")
    assert dict(rows.values_list("company__name", "stage")) == {"Aurora Moda": "lead", "Aurora Casa": "customer"}
    assert counts(brought(head + "Bar Tre;Salerno;Aurora Casa;lead\n")) == (1, 0, 0, 0)
    assert Relationship.objects.get(party__display_name="Bar Tre").company == casa
