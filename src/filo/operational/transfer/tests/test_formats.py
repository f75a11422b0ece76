"""A file is known by what is in it, whatever its name, and becomes a plain table; what is none is told in a word."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter

from filo.operational.transfer.converting import SENTENCES, unfold
from filo.operational.transfer.formats.finding import all_formats, format_of
from filo.operational.transfer.places import remove
from filo.operational.transfer.reading import Unreadable, read_rows
from filo.operational.transfer.recognising import recognise

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "kept"
    path.write_bytes(content)
    return path


def rows_of(path: Path, part: str = "") -> list[list[str]]:
    """The header, and the rows below it."""
    table = unfold(path, part=part).path
    shape = recognise(table)
    return [list(shape.headers), *(cells for _number, cells in read_rows(table, shape))]


def workbook(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    fill(book)
    book.close()
    return target.getvalue()


def packed(**members: str | bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return target.getvalue()


def _customers(book: xlsxwriter.Workbook) -> None:
    about = book.add_worksheet("Istruzioni")
    for row in range(30):
        about.write_string(row, 0, f"Riga {row}")
    sheet = book.add_worksheet("Clienti")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for place, name in enumerate(
        ("Nome", "CAP", "Telefono", "Nato il", "Sconto", "Attivo", "Sentito", "Errore", "Via")
    ):
        sheet.write_string(2, place, name)
    sheet.write_string(3, 0, "Nicolò D’Àlò")
    sheet.write_string(3, 1, "00184")
    sheet.write_number(3, 2, 393331234567)
    sheet.write_datetime(3, 3, datetime(1978, 3, 12, tzinfo=UTC).replace(tzinfo=None), day)
    sheet.write_number(3, 4, 12.5)
    sheet.write_boolean(3, 5, True)
    sheet.write_datetime(
        3,
        6,
        datetime(2026, 3, 12, 10, 30, tzinfo=UTC).replace(tzinfo=None),
        book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    )
    sheet.write_formula(3, 7, "=1/0", None, "#DIV/0!")
    sheet.write_string(3, 8, "Via Roma, 1")
    sheet.write_string(5, 0, "Ugo")
    sheet.write_number(5, 1, 70121)
    hidden = book.add_worksheet("Nascosto")
    hidden.write_string(0, 0, "x")
    hidden.hide()


def test_a_spreadsheet_keeps_zeros_days_and_row_numbers(tmp_path: Path) -> None:
    path = kept(tmp_path, workbook(_customers))
    found = unfold(path)
    assert (found.format, found.part) == ("sheet", "Clienti")
    assert found.parts == (("Istruzioni", 30), ("Clienti", 4))
    shape = recognise(found.path)
    [anna, ugo] = list(read_rows(found.path, shape))
    assert anna == (
        4,
        [
            "Nicolò D’Àlò",
            "00184",
            "393331234567",
            "1978-03-12",
            "12.5",
            "true",
            "2026-03-12 10:30:00",
            "",
            "Via Roma, 1",
        ],
    )
    assert (ugo[0], ugo[1][:2]) == (6, ["Ugo", "70121"])


def test_another_sheet_can_be_chosen_and_none_that_is_not_there(tmp_path: Path) -> None:
    path = kept(tmp_path, workbook(_customers))
    assert rows_of(path, "Istruzioni")[1] == ["Riga 1"]
    with pytest.raises(Unreadable) as refusal:
        unfold(path, part="Fornitori")
    assert refusal.value.code == "no-such-part"
    assert "Fornitori" in str(refusal.value)


@pytest.mark.parametrize("content", [b"Nome;Cognome\nUgo;Neri\n", b'[{"name": "Ugo"}]'])
def test_a_sheet_of_a_file_without_sheets_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        unfold(kept(tmp_path, content), part="Clienti")
    assert refusal.value.code == "no-parts"
    assert "Clienti" in str(refusal.value)


def test_a_page_called_xls_is_read_as_the_table_it_is(tmp_path: Path) -> None:
    page = """<html><head><meta charset=windows-1252><style>td{x}</style></head><body><table><tr><td>menu</td></tr>
    </table><table border=1><tr><th>Nome</th><th>Citt&agrave;</th></tr>
    <tr><td>Nicol\xf2<br>D'Al\xf2</td><td>Forl&igrave;</td>
    <tr><td colspan=2>Ugo</td></tr></table></body></html>"""
    assert rows_of(kept(tmp_path, page.encode("latin-1"))) == [
        ["Nome", "Città"],
        ["Nicolò\nD'Alò", "Forlì"],
        ["Ugo", ""],
    ]


def test_an_xml_spreadsheet_of_2003_is_read(tmp_path: Path) -> None:
    xml = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
      xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>
      <Row><Cell><Data ss:Type="String">Nome</Data></Cell><Cell><Data ss:Type="String">Via</Data></Cell></Row>
      <Row ss:Index="4"><Cell ss:Index="2"><Data ss:Type="String">Via Roma</Data></Cell></Row>
    </Table></Worksheet></Workbook>"""
    found = unfold(kept(tmp_path, xml.encode()))
    assert found.parts == (("A", 4),)
    assert list(read_rows(found.path, recognise(found.path))) == [(4, ["", "Via Roma"])]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"name": "Anna", "address": {"city": "Forlì"}, "tags": ["a", "b"], "no": None}]),
        json.dumps({"items": [{"name": "Anna", "address": {"city": "Forlì"}, "tags": ["a", "b"]}], "next": None}),
        '{"name": "Anna", "address": {"city": "Forlì"}, "tags": ["a", "b"]}\n' * 2,
        json.dumps({"status": 0, "result": {"records": [{"attributes": {"type": "X"}, "name": "Anna",
                    "address": {"city": "Forlì"}, "tags": ["a", "b"]}], "totalSize": 1, "done": True}}),
    ],
)  # fmt: skip
def test_lists_of_objects_become_rows(tmp_path: Path, content: str) -> None:
    header, first, *_rest = rows_of(kept(tmp_path, content.encode()))
    assert header == ["name", "address city", "tags"]
    assert first == ["Anna", "Forlì", "a; b"]


def test_forms_of_an_advertisement_become_rows(tmp_path: Path) -> None:
    leads = {"data": [{"id": "7", "field_data": [{"name": "email", "values": ["a@b.it"]}]}]}
    assert rows_of(kept(tmp_path, json.dumps(leads).encode())) == [["id", "email"], ["7", "a@b.it"]]


NOT_READ: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty-file"),
    "marks only": (b"\xef\xbb\xbf\r\n", "empty-file"),
    "a PDF": (b"%PDF-1.7\n", "not-a-table"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(50), "not-a-table"),
    "a photo": (b"\xff\xd8\xff\xe0" + bytes(50), "not-a-table"),
    "a packed file": (packed(a_dot_txt="x"), "not-a-table"),
    "a document": (packed(word__document_dot_xml="<x/>"), "not-a-table"),
    "Numbers": (packed(Index__Document_dot_iwa="x"), "not-a-table"),
    "half a packed file": (packed(xl__workbook_dot_xml="<x/>" * 500)[:80], "broken-file"),
    "a workbook of nonsense": (packed(xl__workbook_dot_xml="<x"), "broken-file"),
    "an old file of nonsense": (OLE + b"\x01" * 600, "broken-file"),
    "a locked workbook": (OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an old document": (OLE + bytes(600) + "WordDocument".encode("utf-16-le"), "not-a-table"),
    "a bomb": (packed(xl__workbook_dot_xml="<x/>", xl__worksheets__sheet1_dot_xml=b"\0" * (40 << 20)), "bomb"),
    "broken JSON": (b'[{"name": "Anna"', "broken-json"),
    "JSON without objects": (b"[1, 2, 3]", "not-a-table"),
    "broken XML": (b'<?xml version="1.0"?><vcards><vcard>', "broken-xml"),
    "a page without tables": (b"<html><body>Ciao</body></html>", "not-a-table"),
    "sheet too wide": (b"", "too-many-columns"),
}


def _content(name: str) -> bytes:
    if name != "sheet too wide":
        return NOT_READ[name][0]

    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for place in range(10_000):
            sheet.write_string(0, place, f"c{place}")

    return workbook(fill)


@pytest.mark.parametrize("name", NOT_READ)
def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = kept(tmp_path, _content(name))
    with pytest.raises(Unreadable) as refusal:
        unfold(path)
    assert refusal.value.code == NOT_READ[name][1]
    assert str(refusal.value).endswith((".", "!"))
    assert "%(" not in str(refusal.value)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_takes_too_much_memory_dies_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.operational.transfer.converting.SECONDS", 30)
    deep = b"[" * 5_000_000
    with pytest.raises(Unreadable) as refusal:
        unfold(kept(tmp_path, b"[" + deep))
    assert refusal.value.code in ("broken-json", "broken-file", "too-much-memory")


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("filo.operational.transfer.converting.SECONDS", 1)
    monkeypatch.setattr("filo.operational.transfer.converting.SECONDS_A_MEGABYTE", 0)
    lines = b'{"a": "' + b"x" * 40 + b'"}\n'
    with pytest.raises(Unreadable) as refusal:
        unfold(kept(tmp_path, lines * 600_000))
    # A quick machine comes to the end of its memory within that second.
    assert refusal.value.code in ("took-too-long", "too-much-memory")
    assert len(list(tmp_path.iterdir())) == 1


def test_tables_go_with_the_file_they_come_from(tmp_path: Path) -> None:
    path = kept(tmp_path, workbook(_customers))
    unfold(path)
    unfold(path, part="Istruzioni")
    assert len(list(tmp_path.iterdir())) == 3
    remove(path)
    assert list(tmp_path.iterdir()) == []


def test_every_refusal_has_a_sentence_and_every_module_a_format() -> None:
    folder = Path(all_formats.__wrapped__.__code__.co_filename).parent
    text = "".join(path.read_text() for path in [*folder.glob("*.py"), *(folder.parent / "cards").glob("*.py")])
    told = set(re.findall(r'Refused\("([a-z\-]+)"', text)) | set(
        re.findall(r'return "([a-z]+-file|password|bomb)"', text)
    )
    assert told <= SENTENCES.keys()
    assert {"text", "aligned", "sheet", "vcard", "jcard", "xcard", "json", "markup"} == all_formats().keys()


def test_text_is_read_as_it_is(tmp_path: Path) -> None:
    path = kept(tmp_path, b"nome;via\nAnna;Roma\n")
    assert unfold(path).path == path
    assert format_of(path).code == "text"
