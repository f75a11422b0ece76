"""Each form of file is what its readers expect: typed cells, texts that are no formulas, folded cards."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from filo.foundation.exportable import ExportColumn, each
from filo.foundation.ids import uuid7
from filo.operational.exports.formats import FORMATS
from filo.operational.exports.tests.taking import taken
from filo.operational.parties.models import Party
from filo.operational.parties.services.arrivals import create_party
from filo.operational.parties.vcards import Holder, cards_of, vcard
from filo.operational.transfer.reading import Shape, read_rows
from filo.operational.transfer.writing import is_formula
from filo.testing.world import BUILDER, World

COLUMN = ExportColumn("said", "Said", each(lambda row: row))
# What a table of text can keep: no NUL, which no file of text holds, and no end of lines but \n.
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1a\r"), min_size=1, max_size=40)
DANGEROUS = st.sampled_from(["=", "+", "-", "@", "\t", "＝", "'", "\u200b", " "])


@given(st.lists(st.one_of(TEXTS, st.builds("{}{}{}".format, DANGEROUS, DANGEROUS, TEXTS)), min_size=1, max_size=5))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.once
def test_no_cell_is_a_formula_and_every_cell_comes_in_again_as_it_was(cells: list[str]) -> None:
    import tempfile
    from pathlib import Path

    columns = [COLUMN, ExportColumn("mark", "Mark", each(lambda _row: "x"))]
    for code, delimiter in (("csv", ";"), ("csv-comma", ",")):
        file = io.BytesIO()
        writer = FORMATS[code].open(file, columns)
        writer.write(cells)
        writer.close()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "f.csv"
            path.write_bytes(file.getvalue())
            shape = Shape("utf-8-sig", delimiter, True, ("Said", "Mark"))
            found = [row[0] for _number, row in read_rows(path, shape)]
        assert [cell.lstrip(" ") for cell in found] == [cell.lstrip(" ") for cell in cells]
        import csv

        for row in csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""), delimiter=delimiter):
            assert row[0].startswith("'") or not is_formula(row[0])


def test_a_sheet_has_typed_cells_and_no_formula() -> None:
    columns = [
        ExportColumn("text", "Text", each(lambda row: row[0])),
        ExportColumn("number", "Number", each(lambda row: row[1]), "number"),
        ExportColumn("day", "Day", each(lambda row: row[2]), "day"),
    ]
    file = io.BytesIO()
    writer = FORMATS["xlsx"].open(file, columns)
    writer.write([("=1+1", "1250.50", date(2026, 3, 14)), ("00123", None, "1978-03-14"), ("x" * 40_000, 1, "")])
    writer.close()
    with zipfile.ZipFile(io.BytesIO(file.getvalue())) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert '<c r="A2" t="inlineStr"><is><t>=1+1</t></is></c>' in sheet
    assert '<c r="B2"><v>1250.5</v></c>' in sheet
    assert "<t>00123</t>" in sheet
    assert f"<t>{'x' * 32_766}…</t>" in sheet
    assert '<c r="C2" s="2"><v>46095</v></c>' in sheet


def test_a_file_of_a_sheet_is_a_workbook(world: World) -> None:
    export = taken(world.principal("admin"), "parties", "xlsx")
    with zipfile.ZipFile(export.path) as packed:
        assert "Lanificio Bassi S.r.l." in packed.read("xl/worksheets/sheet1.xml").decode()
    assert (export.rows, export.state) == (7, "done")


def test_a_card_as_telephones_read_it(world: World) -> None:
    party = create_party(
        BUILDER,
        {
            "kind": "person", "given_name": "Nicolò", "family_name": "D'Àlò; Rossi", "title": "Dott.",
            "birth_date": "1978-03-14", "notes": "Una riga,\nun'altra",
            "contact_points": [
                {"type": "mobile", "value": "333 1234567", "preferred": True},
                {"type": "pec", "value": "nicolo@pec.example"},
                {"type": "web", "value": "https://example.it/a,b"},
            ],
            "addresses": [{"street": "Via Roma, 1", "postal_code": "84121", "city": "Salerno", "province": "SA"}],
        },
        relationships=[],
    )  # fmt: skip
    [card] = cards_of(BUILDER, [party.id])
    lines = card.replace("\r\n ", "").split("\r\n")
    assert lines[0:2] == ["BEGIN:VCARD", "VERSION:3.0"]
    assert "FN:Nicolò D'Àlò\\; Rossi" in lines
    assert "N:D'Àlò\\; Rossi;Nicolò;;Dott.;" in lines
    assert "TEL;TYPE=CELL,PREF:+393331234567" in lines
    assert "item2.EMAIL;TYPE=INTERNET,PREF:nicolo@pec.example" in lines
    assert "item2.X-ABLabel:PEC" in lines
    assert "URL:https://example.it/a,b" in lines
    assert "ADR;TYPE=WORK:;;Via Roma\\, 1;Salerno;SA;84121;IT" in lines
    assert "BDAY:1978-03-14" in lines
    assert "NOTE:Una riga\\,\\nun'altra" in lines
    masked = replace(BUILDER, masks={"party": frozenset({"birth_date", "notes"})})
    [card] = cards_of(masked, [party.id])
    assert "BDAY" not in card
    assert "NOTE" not in card


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=200))
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.once
def test_no_line_of_a_card_is_longer_than_75_octets(name: str) -> None:
    facts = [uuid7(), "organisation", name, "", "", "", "", None, name, *[""] * 11]
    text = vcard(Holder(tuple(facts)), frozenset())
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert f"FN:{name}".replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,") in text.replace("\r\n ", "")


def test_cards_of_a_list_are_as_many_as_its_rows(world: World) -> None:
    text = taken(world.principal("admin"), "parties", "vcf").path.read_text()
    assert text.count("BEGIN:VCARD\n") == text.count("END:VCARD\n") == Party.objects.count() == 7


def test_moments_are_told_by_the_clock_of_who_asks_on_both_sides_of_summer() -> None:
    winter, summer = datetime(2026, 1, 15, 23, 30, 5, 999, tzinfo=UTC), datetime(2026, 7, 15, 23, 30, tzinfo=UTC)
    kept = [winter, summer, winter.replace(tzinfo=None), "2026-07-15 23:30:00", None]
    file = io.BytesIO()
    with timezone.override(ZoneInfo("Europe/Rome")):
        writer = FORMATS["csv"].open(file, [ExportColumn("at", "At", each(lambda row: row), "moment")])
        writer.write(kept)
    assert file.getvalue().decode("utf-8-sig").split("\r\n") == [
        "At", "2026-01-16 00:30:05", "2026-07-16 01:30:00", "2026-01-16 00:30:05", "2026-07-16 01:30:00", '""', "",
    ]  # fmt: skip
