"""Rows are recognised by the keys that somebody chose, in their order; what several have is rejected, not guessed."""

from __future__ import annotations

import pytest

from filo.foundation.errors import InvalidFields
from filo.foundation.fields.services.making import make_field
from filo.operational.parties.models import ExternalIdentity, Party
from filo.operational.transfer.mapping import from_json
from filo.operational.transfer.models import ImportBatch, ImportRow
from filo.operational.transfer.planning import usable_columns
from filo.operational.transfer.services.preparing import shape_of
from filo.operational.transfer.tests.files import IMPORTER, brought, counts, prepared, reasons
from filo.operational.transfer.trial import Trial, try_out
from filo.testing.world import World

BARS = (
    "Ragione sociale;Comune;E-mail;P.IVA\n"
    "Bar Sport;Salerno;info@sport.example;00743110157\n"
    "Bar Roma;Bari;info@roma.example;\n"
    "Bar Uno;Bari;due@bari.example;\nBar Due;Bari;due@bari.example;\n"
)


def trial_of(batch: ImportBatch) -> Trial:
    columns = usable_columns(IMPORTER, from_json(batch.mapping), batch.kind)
    return try_out(IMPORTER, batch.path, shape_of(batch), columns, kind=batch.kind, mode=batch.mode, keys=batch.keys)


def test_by_the_address_whatever_the_name_is_now(world: World) -> None:
    brought(BARS)
    text = "Ragione sociale;Comune;E-mail\nCaffè Sport;Salerno;info@sport.example\nBar Roma;Bari;nuovo@roma.example\n"
    found = trial_of(prepared(text, keys=["email"]))
    assert (found.created, found.updated, found.recognised) == (1, 1, {"email": 1})
    assert [(row["number"], row["name"], row["by"]) for row in found.shown] == [(2, "Caffè Sport", "email")]
    batch = brought(text, keys=["email"])
    assert counts(batch) == (1, 1, 0, 0)
    assert Party.objects.get(vat_number="00743110157").display_name == "Caffè Sport"
    assert list(ImportRow.objects.filter(batch=batch).order_by("number").values_list("recognised_by", flat=True)) == [
        "email",
        "",
    ]
    assert counts(brought(text, keys=["email"])) == (0, 0, 2, 0)


def test_what_several_have_is_rejected(world: World) -> None:
    brought(BARS)
    batch = brought("Ragione sociale;Comune;E-mail\nBar Uno;Bari;due@bari.example\n", keys=["email"])
    assert counts(batch) == (0, 0, 0, 1)
    assert "E-mail" in reasons(batch)[0][2]


def test_the_first_key_by_which_anybody_is_found_decides(world: World) -> None:
    brought(BARS)
    text = (
        "Ragione sociale;Comune;E-mail;P.IVA;Settore\n"
        "Uno;Salerno;uno@sport.example;00743110157;bar\n"
        "Due;Bari;info@roma.example;;caffè\n"
    )
    assert counts(brought(text, keys=["vat_number", "email"], mode="update")) == (0, 2, 0, 0)
    assert Party.objects.get(vat_number="00743110157").sector == "bar"
    assert Party.objects.get(display_name="Due").sector == "caffè"


def test_a_row_that_says_nothing_of_the_keys_is_rejected_unless_filo_goes_on(world: World) -> None:
    brought(BARS)
    text = "Ragione sociale;Comune;E-mail;P.IVA\nBar Roma;Bari;info@roma.example;\nBar Tre;Bari;;\n"
    assert counts(brought(text, keys=["vat_number"])) == (0, 0, 0, 2)
    assert counts(brought(text, keys=["vat_number", "filo"])) == (1, 0, 1, 0)
    assert counts(brought(text, keys=["vat_number"], mode="create")) == (2, 0, 0, 0)


def test_by_a_field_of_the_firms_own_and_by_name(world: World) -> None:
    admin = world.principal("admin")
    make_field(admin, "party", {"label_it": "Tessera", "kind": "text"})
    make_field(admin, "party", {"label_it": "Numero", "kind": "number"})
    head = "Ragione sociale;Comune;Tessera;Numero\n"
    brought(head + "Bar Sport;Salerno;T-1;7\nBar Roma;Bari;T-2;8\n", principal=admin)
    text = head + "Altro;Salerno;t-1;\nAncora;Bari;;8,0\n"
    batch = brought(text, principal=admin, keys=["fields.tessera", "fields.numero"], mode="update")
    assert counts(batch) == (0, 2, 0, 0)
    named = brought("Ragione sociale;Comune;Settore\nAncora;Napoli;bar\n", principal=admin, keys=["name"])
    assert counts(named) == (0, 1, 0, 0)
    placed = brought("Ragione sociale;Comune;Settore\nAncora;Roma;bar\n", principal=admin, keys=["name_city"])
    assert counts(placed) == (1, 0, 0, 0)


def test_a_code_has_one_owner_whatever_the_keys(world: World) -> None:
    brought("codice-isil;denominazione;email\nA-1;Bar Sport;a@bar.example\nA-2;Bar Roma;b@bar.example\n")
    batch = brought(
        "codice-isil;denominazione;email\nA-2;Bar Sport;a@bar.example\nA-1;Bar Nuovo;c@bar.example\n", keys=["email"]
    )
    assert counts(batch) == (0, 0, 0, 2)
    assert ExternalIdentity.objects.get(key="A-2").party.display_name == "Bar Roma"


def test_an_id_that_nobody_has_is_no_new_party(world: World) -> None:
    text = "ID Filo;Ragione sociale;Comune\n01890000-0000-7000-8000-000000000000;Bar Sport;Salerno\n"
    assert counts(brought(text, keys=["party"])) == (0, 0, 0, 1)


def test_rows_of_one_key_are_one_party(world: World) -> None:
    batch = brought("Ragione sociale;E-mail\nBar Uno;a@bar.example\nBar Due;a@bar.example\n", keys=["email"])
    assert (counts(batch), batch.duplicates) == ((1, 1, 0, 0), 1)


@pytest.mark.parametrize("keys", [["telefono"], ["phone"], ["fields.niente"]])
def test_a_key_of_which_no_column_tells_is_refused(world: World, keys: list[str]) -> None:
    with pytest.raises(InvalidFields) as refusal:
        prepared(BARS, keys=keys)
    assert list(refusal.value.fields) == ["keys"]
