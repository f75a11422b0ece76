"""Columns that are fields of the firm's own, made on the way or there already; words for owner, area and stage."""

from __future__ import annotations

from typing import Any

import pytest

from filo.foundation.fields.models import CustomField
from filo.foundation.fields.services.making import make_field
from filo.operational.parties.models import Party, Relationship
from filo.operational.transfer.models import ImportBatch, ImportMapping
from filo.operational.transfer.own_columns import field_facts
from filo.operational.transfer.services.belonging import Defaults
from filo.operational.transfer.services.preparing import correct_import
from filo.operational.transfer.services.running import carry_on
from filo.operational.transfer.services.starting import start_import
from filo.operational.transfer.tests.files import brought, counts, prepared, reasons
from filo.testing.world import World

pytestmark = pytest.mark.django_db

SHOPS = "Ragione sociale;Comune;Fatturato;Taglia\n" + "".join(
    f"Bar {n};Salerno;1.2{n}0,50;{'Grande' if n % 2 else 'Piccolo'}\n" for n in range(1, 7)
)


def corrected(world: World, batch: ImportBatch, fields: list[str], **changes: Any) -> ImportBatch:
    choices: dict[str, Any] = {
        "version": None, "kind": batch.kind, "mode": batch.mode, "encoding": batch.encoding,
        "delimiter": batch.delimiter, "has_header": batch.has_header, "defaults": Defaults(world.companies["moda"]),
    }  # fmt: skip
    return correct_import(world.principal("admin"), batch, fields=fields, **choices | changes)


def test_a_field_is_made_of_a_column_by_what_stands_in_it(world: World) -> None:
    admin = world.principal("admin")
    batch = prepared(SHOPS, principal=admin)
    batch = corrected(world, batch, ["legal_name", "city", "new-field", "new-field"])
    assert [(f.label_it, f.kind) for f in CustomField.objects.all()] == [("Fatturato", "number"), ("Taglia", "choice")]
    batch = carry_on(admin, start_import(admin, batch, in_background=False))
    assert counts(batch) == (6, 0, 0, 0)
    assert Party.objects.get(legal_name="Bar 1").fields == {"fatturato": "1210.5", "taglia": "grande"}
    again = brought(SHOPS, principal=admin)
    assert [column["field"] for column in again.mapping][2:] == ["fields.fatturato", "fields.taglia"]
    assert counts(again) == (0, 0, 6, 0)
    changed = brought(SHOPS.replace("1.210,50", "7,00"), principal=admin)
    assert counts(changed) == (0, 1, 5, 0)
    assert Party.objects.get(legal_name="Bar 1").fields["fatturato"] == "7"


def test_what_is_no_value_of_the_field_is_left_out_and_told(world: World) -> None:
    admin = world.principal("admin")
    make_field(admin, "party", {"label_it": "Dipendenti", "kind": "number"})
    batch = brought("Ragione sociale;Comune;Dipendenti\nBar Sport;Salerno;molti\n", principal=admin)
    assert counts(batch) == (1, 0, 0, 0)
    assert [(row, column) for row, column, _sentence in reasons(batch)] == [(2, "Dipendenti")]
    assert Party.objects.get(legal_name="Bar Sport").fields == {}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["12,5", "7", "1.000"], "number"),
        (["€ 12,50", "€ 7,00"], "money"),
        (["12/03/2026", "2026-03-13"], "date"),
        (["00184", "84121"], "text"),
        (["Sì", "No", "Sì", "No"], "choice"),
        (["uno", "due", "tre"], "text"),
        (["una riga\naltra riga"], "long-text"),
    ],
)
def test_the_kind_of_a_new_field_is_what_its_cells_show(values: list[str], kind: str) -> None:
    assert field_facts("Nome", values, is_whole=True)["kind"] == kind


def test_amounts_are_rounded_as_amounts_are(world: World) -> None:
    admin = world.principal("admin")
    make_field(admin, "party", {"label_it": "Fido", "kind": "money"})
    brought("Ragione sociale;Comune;Fido\nBar Sport;Salerno;1.010,125\n", principal=admin)
    assert Party.objects.get(legal_name="Bar Sport").fields == {"fido": "1010.13"}


def test_days_and_their_order_are_found_in_the_whole_column(world: World) -> None:
    rows = "".join(f"Anna{n};Bassi;0{n % 9 + 1}/05/1980\n" for n in range(300))
    italian = prepared("Nome;Cognome;Data di nascita\n" + rows)
    american = prepared("Nome;Cognome;Data di nascita\n" + rows + "Ugo;Neri;05/23/1980\n")
    assert [column["format"] for column in italian.mapping] == ["", "", ""]
    assert [column["format"] for column in american.mapping] == ["", "", "mdy"]


def test_the_order_of_days_can_be_corrected(world: World) -> None:
    admin = world.principal("admin")
    batch = prepared("Nome;Cognome;Data di nascita\nAnna;Bassi;03/12/1978\n", principal=admin)
    batch = corrected(world, batch, ["given_name", "family_name", "birth_date"], ways=["", "", "mdy"])
    batch = carry_on(admin, start_import(admin, batch, in_background=False))
    assert str(Party.objects.get(given_name="Anna", family_name="Bassi").birth_date) == "1978-03-12"


def test_owner_area_and_stage_come_row_by_row(world: World) -> None:
    text = (
        "Ragione sociale;Comune;Agente;Zona;Fase\n"
        "Bar Sport;Salerno;agent@aurora.example;Nord;cliente\n"
        "Bar Roma;Salerno;Stranger;sud;prospect\n"
        "Bar Dante;Salerno;nessuno@aurora.example;Nord;boh\n"
    )
    batch = brought(text, principal=world.principal("admin"))
    assert [column["field"] for column in batch.mapping][2:] == ["owner", "area", "stage"]
    rows = {row.party.display_name: row for row in Relationship.objects.select_related("party", "area", "unit")}
    sport, roma, dante = rows["Bar Sport"], rows["Bar Roma"], rows["Bar Dante"]
    assert (sport.owner_id, sport.area, sport.stage) == (world.people["agent"].id, world.areas["nord"], "customer")
    assert (roma.owner_id, roma.unit, roma.stage) == (world.people["stranger"].id, world.units["sud"], "prospect")
    assert (dante.owner_id, dante.stage) == (None, "suspect")
    assert [(row, column) for row, column, _sentence in reasons(batch)] == [(4, "Agente"), (4, "Fase")]


def test_who_may_not_assign_gives_nobody_away(world: World) -> None:
    text = "Ragione sociale;Comune;Agente\nBar Sport;Salerno;agent@aurora.example\nBar Roma;Salerno;\n"
    batch = brought(text, principal=world.principal("researcher"))
    assert Relationship.objects.get(party__display_name="Bar Sport").owner_id is None
    assert [(row, column) for row, column, _sentence in reasons(batch)] == [(2, "Agente")]


def test_words_that_mean_nothing_here_leave_the_column_in_the_rows(world: World) -> None:
    batch = prepared("Ragione sociale;Comune;Agente;Zona\nBar Sport;Salerno;AG01;Costiera\n")
    assert [column["field"] for column in batch.mapping] == ["legal_name", "city", "", ""]


def test_a_mapping_comes_back_by_itself_with_the_same_headers(world: World) -> None:
    admin = world.principal("admin")
    batch = prepared("Cosa;Dove\nBar Sport;Salerno\n", principal=admin, kind="organisations")
    batch = corrected(world, batch, ["legal_name", "city"])
    carry_on(admin, start_import(admin, batch, in_background=False))
    again = prepared("Dove;Cosa\nBari;Bar Roma\n", principal=admin, name="altro.csv")
    assert [column["field"] for column in again.mapping] == ["city", "legal_name"]
    assert again.origin_mapping == "clienti.csv"
    assert not ImportMapping.objects.exists()


def test_places_of_a_file_without_countries_may_be_abroad(world: World) -> None:
    text = "name,address,city,postcode\n" + "".join(
        f"Cafe {n},{n} Sunset Blvd,{city},9000{n}\n"
        for n, city in enumerate(("Los Angeles", "Santa Monica", "West Hollywood", "Pasadena"))
    )
    batch = brought(text, name="restaurants.csv")
    assert (counts(batch), reasons(batch)) == ((4, 0, 0, 0), [])
    assert set(Party.objects.filter(source="restaurants").values_list("addresses__country", flat=True)) == {"ZZ"}
