"""Statements of banks and providers abroad: the month first, sides in words, headings in other languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from filo.operational.payments.bank.lines import Unreadable
from filo.operational.payments.bank.reading import read_bank_file


def _read(*lines: str) -> list[tuple[str, str, str]]:
    found = read_bank_file("\n".join(lines).encode())
    assert found.refused == []
    return [(one.booked_on.isoformat(), str(one.amount), one.counterparty) for one in found.bookings]


def test_where_a_day_cannot_be_a_month_the_month_stands_first_in_all_of_them() -> None:
    head = "Date,Description,Amount"
    assert _read(head, "2/8/2019,Rossi,10.00", "12/15/2018,Verdi,5.00") == [
        ("2019-02-08", "10.00", ""),
        ("2018-12-15", "5.00", ""),
    ]
    assert _read(head, "2/8/19,Rossi,10.00", "15/12/18,Verdi,5.00")[0] == ("2019-08-02", "10.00", "")


def test_days_of_both_kinds_are_not_guessed() -> None:
    found = read_bank_file(b"Date,Description,Amount\n15/12/2018,Rossi,10.00\n12/15/2018,Verdi,5.00\n")
    assert ([one.booked_on for one in found.bookings], found.refused) == ([date(2018, 12, 15)], [(3, "no-day")])


@pytest.mark.parametrize(
    ("head", "days", "doubtful"),
    [
        ("Date,Description,Amount", ("05/05/2026", "03/04/2026"), date(2026, 4, 3)),
        ("Date,Description,Amount", ("05/05/2026", "06/06/2026"), None),
        ("Date,Description,Amount", ("03/04/2026", "13/04/2026"), None),
        ("Date,Description,Amount", ("03/04/2026", "04/13/2026"), None),
        ("Date,Description,Amount", ("2026-04-03", "20260403"), None),
        ("Date,Description,Amount", ("03.04.2026", "04.05.2026"), None),
        ("Data contabile,Descrizione,Importo", ("03/04/2026",), None),
        ("Date,Libellé,Montant", ("03/04/2026",), None),
        ("Buchungstag,Verwendungszweck,Betrag", ("03/04/2026",), None),
        ("Fecha,Concepto,Importe", ("03/04/2026",), None),
    ],
)
def test_days_that_could_all_begin_with_the_month_are_told(
    head: str, days: tuple[str, ...], doubtful: date | None
) -> None:
    rows = "".join(f"{day},Rossi,10.00\n" for day in days)
    assert read_bank_file(f"{head}\n{rows}".encode()).doubtful_day == doubtful


def test_a_column_of_debit_and_credit_says_the_side_whatever_it_is_called() -> None:
    lines = ("2026-02-03,Canone,20.00,debit,Conto", "2026-02-04,Rossi,50.00,credit,Conto")
    assert [
        amount for _day, amount, _who in _read("Date,Description,Amount,Transaction Type,Account Name", *lines)
    ] == [
        "-20.00",
        "50.00",
    ]
    # Where sums have a sign of their own, such words add nothing.
    assert _read("Date,Description,Amount,Kind", "2026-02-03,a,-20.00,credit")[0][1] == "-20.00"


@pytest.mark.parametrize(
    "lines",
    [
        (
            "Buchungstag;Wertstellung;Auftraggeber/Empfänger;Buchungstext;VWZ1;Betrag;Kontostand;Währung",
            "10.10.2017;10.10.2017;Rossi KG;Gutschrift;RE 12;-98,76;1.234,56;EUR",
        ),
        ("Datum;Naam / Omschrijving;Rekening;Af Bij;Bedrag (EUR);Mededelingen", "20171010;Rossi KG;NL1;Af;98,76;RE 12"),
        ("Date;Date de valeur;Libellé;Tiers;Débit;Crédit;Solde", "10/10/2017;11/10/2017;RE 12;Rossi KG;98,76;;1,00"),
        ("Fecha;Concepto;Beneficiario;Importe;Saldo", "10/10/2017;RE 12;Rossi KG;-98,76;1,00"),
        (
            "Date,Status,Description,Payee,Withdrawal,Deposit,RunningBalance",
            '10/10/2017,Posted,RE 12,Rossi KG,$98.76,,"$1.00"',
        ),
    ],
)
def test_headings_in_other_languages_are_known(lines: tuple[str, ...]) -> None:
    found = read_bank_file("\n".join(lines).encode()).bookings
    assert [(one.booked_on, one.amount, one.counterparty) for one in found] == [
        (date(2017, 10, 10), Decimal("-98.76"), "Rossi KG")
    ]
    assert "RE 12" in found[0].text


def test_what_has_no_headings_stays_refused() -> None:
    with pytest.raises(Unreadable):
        read_bank_file(b"a;b;c\n1;2;3\n")


def test_an_account_with_too_few_places_for_its_country_is_none() -> None:
    found = read_bank_file(b"Date,Amount,IBAN\n2020-03-07,328.00,DE27100110000000000000\n")
    assert found.bookings[0].iban == ""
