"""Statements as sheets, as most Italian banks hand them out: XLSX, and tables of a page that are called .xls."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
import xlsxwriter

from filo.foundation.access.principal import system
from filo.foundation.errors import InvalidFields
from filo.operational.payments.bank.lines import Read
from filo.operational.payments.bank.reading import read_bank_file
from filo.operational.payments.models import BankFile, BankLine
from filo.operational.payments.services.banking import import_bank_file
from filo.operational.transfer.tests.test_formats import packed
from filo.testing.world import World

Row = Sequence[str | float | datetime]
ABOVE: list[Row] = [["Lista movimenti"], [], ["Conto:", "1000/00001234"], *([[]] * 24)]
HEAD = ["Data contabile", "Data valuta", "Descrizione", "Accrediti", "Addebiti", "Descrizione estesa"]
LINES: list[Row] = [
    [datetime(2026, 11, 10), datetime(2026, 11, 11), "Bonifico", 1220.5, "", "ROSSI MARIO, fatt. 12/2026; rif. 7"],  # noqa: DTZ001
    [datetime(2026, 11, 11), datetime(2026, 11, 11), "Canone", "", -20, "mese di\nottobre"],  # noqa: DTZ001
    ["", "", "Saldo contabile finale", 1200.5],
]


def _book(rows: Sequence[Row]) -> bytes:
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, day = book.add_worksheet("Lista Movimenti"), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(at, place, cell, day)
            else:
                sheet.write(at, place, cell)
    book.close()
    return target.getvalue()


def _said(found: Read) -> list[tuple[int, date, Decimal, str]]:
    return [(one.number, one.booked_on, one.amount, one.text) for one in found.bookings]


def test_a_workbook_is_read_below_whatever_the_bank_writes_first() -> None:
    found = read_bank_file(_book([*ABOVE, HEAD, *LINES]))
    assert _said(found) == [
        (29, date(2026, 11, 10), Decimal("1220.5"), "Bonifico ROSSI MARIO, fatt. 12/2026; rif. 7"),
        (30, date(2026, 11, 11), Decimal(-20), "Canone mese di ottobre"),
    ]
    assert (found.refused, found.left_out) == ([], [(31, "balance")])


def test_days_that_are_plain_numbers_in_a_sheet_are_days() -> None:
    found = read_bank_file(_book([["Data", "Descrizione", "Importo"], [46336, "Bonifico", 10]]))
    assert _said(found) == [(2, date(2026, 11, 10), Decimal(10), "Bonifico")]


def test_a_page_that_is_called_a_sheet_is_read() -> None:
    head = "<tr><th>Data</th><th>Descrizione</th><th>Importo</th></tr>"
    line = "<tr><td>10/11/2026</td><td>Rossi &amp; C.</td><td>1.220,50</td></tr>"
    found = read_bank_file(f"<html><body><table>{head}{line}</table></body></html>".encode())
    assert _said(found) == [(2, date(2026, 11, 10), Decimal("1220.50"), "Rossi & C.")]


@pytest.mark.django_db
def test_what_a_sheet_is_not_is_said(world: World) -> None:
    company = world.companies["moda"]
    for content, sentence in (
        (packed(a_dot_csv="Data;Importo"), "È un archivio compresso, non una tabella"),
        (_book([["Appunti"], ["nulla"]]), "intestazioni"),
        (b"%PDF-1.7\n\0", "CAMT.053"),
    ):
        with pytest.raises(InvalidFields) as refused:
            import_bank_file(system("test"), company, name="a.xlsx", content=content)
        assert sentence in str(refused.value.fields["file"])
    assert not BankFile.objects.exists()


@pytest.mark.django_db
def test_the_same_lines_as_a_sheet_and_as_text_come_in_once(world: World) -> None:
    company = world.companies["moda"]
    text = "Data;Descrizione;Importo\n10/11/2026;Bonifico da Rossi;1.220,50\n"
    import_bank_file(system("test"), company, name="a.csv", content=text.encode())
    sheet: list[Row] = [["Data", "Descrizione", "Importo"], [datetime(2026, 11, 10), "Bonifico da Rossi", 1220.5]]  # noqa: DTZ001
    again = import_bank_file(system("test"), company, name="a.xlsx", content=_book(sheet))
    assert (again.again, BankLine.objects.count()) == (1, 1)
