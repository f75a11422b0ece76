"""Statements as Italian firms download them: each line is booked, refused with a reason, or listed as left out."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from filo.operational.payments.bank.camt import read_camt
from filo.operational.payments.bank.lines import Read, amount_in, day_in
from filo.operational.payments.bank.reading import read_bank_file
from filo.operational.payments.models import BankFile, BankLine
from filo.operational.payments.queries.lines import account_for
from filo.operational.payments.services.banking import import_bank_file
from filo.operational.payments.tests.books import Books
from filo.testing.clients import CheckedClient


def read(*lines: str) -> Read:
    return read_bank_file("\n".join(lines).encode())


def sums(found: Read) -> list[str]:
    return [str(one.amount) for one in found.bookings]


def whole(found: Read) -> int:
    return len(found.bookings) + len(found.refused) + len(found.left_out)


HEAD = "Data;Descrizione;Importo"


def test_a_payment_that_speaks_of_a_final_balance_is_booked() -> None:
    found = read(HEAD, "10/11/2026;ROSSI MARIO SALDO FINALE FATTURA 12/2026;1.234,56")
    assert (sums(found), found.left_out) == (["1234.56"], [])


@pytest.mark.parametrize(
    "text", ["Saldo finale", "SALDO CONTABILE AL 31/10/2026", "Saldo iniziale EUR", "Totale entrate"]
)
def test_a_balance_is_left_out_and_listed(text: str) -> None:
    found = read(HEAD, "10/11/2026;Bonifico;10,00", f"31/10/2026;{text};1.525,27", "11/11/2026;Altro;5,00")
    assert (sums(found), found.left_out, found.refused) == (["10.00", "5.00"], [(3, "balance")], [])


@pytest.mark.parametrize(
    ("text", "booked"),
    [
        ("SALDO", True),
        ("Saldo fattura 12", True),
        ("saldo contabile ordine Bianchi", True),
        ("Saldo finale c/c 88", False),
    ],
)
def test_only_at_an_edge_and_without_a_value_date_more_words_make_a_balance(text: str, booked: bool) -> None:
    head = "Data;Valuta;Descrizione;Importo"
    lines = ["10/11/2026;10/11/2026;Bonifico;10,00", "11/11/2026;12/11/2026;Altro;5,00"]
    last = f"30/11/2026;{'30/11/2026' if booked else ''};{text};1,00"
    assert len(read(head, *lines, last).bookings) == (3 if booked else 2)
    inside = f"10/11/2026;10/11/2026;{text};1,00"
    assert len(read(head, lines[0], inside, lines[1]).bookings) == 3


def test_a_balance_with_a_payer_is_a_payment() -> None:
    found = read("Data;Descrizione;Ordinante;Importo", "10/11/2026;Saldo finale;Rossi Mario;100,00")
    assert sums(found) == ["100.00"]


@pytest.mark.parametrize(
    "lines",
    [
        (HEAD, "10/11/2026;Rossi, Mario, Via Roma, 1, Milano, IT;100,00", "11/11/2026;a, b, c, d, e, f;50,00"),
        ("Data,Descrizione,Importo", '10/11/2026,"Rossi; Mario; Via; Roma; 1",100.00', '11/11/2026,"a;b;c;d","50,00"'),
        ("Data\tDescrizione\tImporto", "10/11/2026\tRossi, a; b; c; d\t100,00", "11/11/2026\ta, b, c\t50,00"),
        ("Data;Descrizione, causale;Importo", "10/11/2026;a, b;100,00", "11/11/2026;c, d;50,00"),
    ],
)
def test_the_sign_between_columns_is_the_one_that_gives_headings(lines: tuple[str, ...]) -> None:
    found = read(*lines)
    assert [Decimal(one) for one in sums(found)] == [100, 50]
    assert found.refused == []


@pytest.mark.parametrize(
    ("heading", "out", "into"),
    [
        ("Segno", "D", "A"),
        ("D/A", "Dare", "Avere"),
        ("+/-", "-", "+"),
        ("Segno", "D", "C"),
        ("Dare/Avere", "D", "A"),
        ("Addebito/Accredito", "Addebito", "Accredito"),
        ("Segno", "-", ""),
    ],
)
def test_a_column_says_whether_money_went_out(heading: str, out: str, into: str) -> None:
    found = read(
        f"Data;Descrizione;Importo;{heading}", f"10/11/2026;F24;100,00;{out}", f"11/11/2026;Rossi;50,00;{into}"
    )
    assert sums(found) == ["-100.00", "50.00"]


def test_a_sign_that_is_none_is_refused() -> None:
    found = read("Data;Descrizione;Importo;Segno", "10/11/2026;F24;100,00;boh", "11/11/2026;Storno;-5,00;A")
    assert (sums(found), found.refused) == (["-5.00"], [(2, "no-sign")])


BANKS = {
    "fineco": (
        "Data_Operazione;Data_Valuta;Entrate;Uscite;Descrizione;Descrizione_Completa;Stato",
        "10/11/2026;11/11/2026;1.220,00;;Bonifico SEPA Italia;Ord: ROSSI MARIO fatt. 12/2026;Contabilizzato",
        "11/11/2026;11/11/2026;;-20,00;Canone;Canone mensile;Contabilizzato",
    ),
    "fineco-old": (
        "Data;Entrate;Uscite;Descrizione;Descrizione_Completa",
        "10/11/2026;1.220,00;;Bonifico;ROSSI MARIO fatt. 12/2026",
        "11/11/2026;;20,00;Canone;Canone mensile",
    ),
    "n26": (
        '"Booking Date","Value Date","Partner Name","Partner Iban",Type,"Payment Reference","Account Name",'
        '"Amount (EUR)","Original Amount","Original Currency","Exchange Rate"',
        '2026-11-10,2026-11-10,"ROSSI MARIO",IT60X0542811101000000123456,Credit Transfer,"fatt. 12/2026",A,1220.0,,,',
        '2026-11-11,2026-11-11,"Bank",,Fee,"Canone",Main,-20.0,,,',
    ),
    "intesa": (
        "Data;Operazione;Dettagli;Conto o carta;Contabilizzazione;Categoria;Valuta;Importo",
        "10/11/2026;Bonifico da ROSSI MARIO;fatt. 12/2026;Conto 1000/1;CONTABILIZZATO;Altro;EUR;1.220,00",
        "11/11/2026;Canone;mese;Conto 1000/1;CONTABILIZZATO;Altro;EUR;-20,00",
    ),
    "unicredit": (
        "Data Registrazione;Data valuta;Descrizione;Importo (EUR)",
        "10.11.2026;10.11.2026;BONIFICO DA ROSSI MARIO fatt. 12/2026;1.220,00",
        "11.11.2026;11.11.2026;CANONE;-20,00",
    ),
    "bper": (
        "Data operazione;Data valuta;Descrizione;Importo saldo;Importo movimento;Causale",
        "10/11/2026;10/11/2026;ROSSI MARIO;9.999,00;1.220,00;fatt. 12/2026",
        "11/11/2026;11/11/2026;Canone;9.979,00;-20,00;mese",
    ),
    "poste": (
        "Data Contabile;Data Valuta;Addebiti (euro);Accrediti (euro);Descrizione operazioni",
        "10/11/26;10/11/26;;1.220,00;ROSSI MARIO fatt. 12/2026",
        "11/11/26;11/11/26;20,00;;Canone",
    ),
    "revolut": (
        "Date started (UTC),Date completed (UTC),ID,Type,State,Description,Reference,Payer,Card number,Orig currency,"
        "Orig amount,Payment currency,Amount,Total amount,Exchange rate,Fee,Fee currency,Balance,Account",
        "2026-11-09,2026-11-10,a1,TOPUP,COMPLETED,da ROSSI MARIO,fatt. 12/2026,,,USD,1400.00,EUR,1220.00,1219.00,"
        ",1.00,EUR,5000.00,Main",
        "2026-11-10,2026-11-11,a2,FEE,COMPLETED,Canone,,,,EUR,-20.00,EUR,-20.00,-20.00,,0.00,EUR,4980.00,Main",
    ),
    "wise": (
        '"TransferWise ID",Date,Amount,Currency,Description,"Payment Reference","Running Balance","Exchange To",'
        '"Payer Name","Payee Name","Total fees"',
        "T-1,10-11-2026,1220.00,EUR,Received money,fatt. 12/2026,5000.00,,ROSSI MARIO,,0.00",
        "T-2,11-11-2026,-20.00,EUR,Canone,,4980.00,,,Bank,0.00",
    ),
    "paypal": (
        '"Data","Orario","Fuso orario","Nome","Tipo","Stato","Valuta","Lordo","Tariffa","Netto",'
        '"Codice fattura","Saldo"',
        '"10/11/2026","10:00:00","CET","ROSSI MARIO","Pagamento","Completata","EUR","1.220,00","-20,00","1.200,00",'
        '"fatt. 12/2026","1.200,00"',
        '"11/11/2026","10:00:00","CET","Bank","Canone","Completata","EUR","-20,00","0,00","-20,00","","1.180,00"',
    ),
}


@pytest.mark.parametrize("bank", BANKS)
def test_the_columns_of_a_bank_are_known(bank: str) -> None:
    found = read(*BANKS[bank])
    assert [(str(one.booked_on), one.amount, one.currency) for one in found.bookings] == [
        ("2026-11-10", Decimal(1220), "EUR"),
        ("2026-11-11", Decimal(-20), "EUR"),
    ]
    first = found.bookings[0]
    said = f"{first.text} {first.counterparty}"
    assert "ROSSI MARIO" in said
    assert "fatt. 12/2026" in first.text
    assert (found.refused, found.left_out) == ([], [])


def test_valuta_is_a_currency_or_a_day_by_what_stands_in_it() -> None:
    dollars = read("Data;Valuta;Descrizione;Importo", "10/11/2026;USD;Rossi;100,00")
    assert [(str(one.booked_on), one.currency) for one in dollars.bookings] == [("2026-11-10", "USD")]
    day = read("Valuta;Descrizione;Importo", "10/11/2026;Rossi;100,00")
    assert [(str(one.booked_on), one.currency) for one in day.bookings] == [("2026-11-10", "EUR")]


def test_the_currency_in_the_heading_of_the_sum_is_that_of_the_lines() -> None:
    assert read("Date,Description,Amount (USD)", "2026-11-10,Rossi,10.00").bookings[0].currency == "USD"


def test_money_that_is_only_announced_or_came_to_nothing_is_left_out() -> None:
    found = read(
        "Data;Descrizione;Stato;Importo",
        "10/11/2026;a;Completata;10,00",
        "10/11/2026;b;In sospeso;20,00",
        "10/11/2026;c;NON CONTABILIZZATO;30,00",
        "10/11/2026;d;DECLINED;40,00",
        "10/11/2026;e;;0,00",
    )
    assert sums(found) == ["10.00"]
    assert found.left_out == [(3, "not-booked"), (4, "not-booked"), (5, "not-booked"), (6, "zero")]


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    found = read(HEAD, '10/11/2026;"ROSSI FATTURA 12;100,00', "11/11/2026;BIANCHI;50,00", '12/11/2026;"VERDI";25,00')
    assert sums(found) == ["100.00", "50.00", "25.00"]
    assert found.bookings[0].text == "ROSSI FATTURA 12"


def test_a_line_that_a_lone_quote_breaks_is_refused_and_the_next_ones_are_read() -> None:
    found = read("Data,Descrizione,Importo", '10/11/2026,"ROSSI,"100,00"', '11/11/2026,BIANCHI,"50,00"')
    assert (sums(found), [number for number, _why in found.refused]) == (["50.00"], [2])


def test_a_text_of_several_lines_in_quotes_is_one_line() -> None:
    found = read('Data;"Descrizione\noperazione";Importo', '10/11/2026;"ROSSI\nfatt. 12";100,00', "11/11/2026;B;50,00")
    assert [(one.number, one.text) for one in found.bookings] == [(3, "ROSSI fatt. 12"), (5, "B")]


def test_more_cells_than_headings_are_refused_rather_than_booked_with_another_sum() -> None:
    found = read(HEAD, "10/11/2026;ROSSI; 12,00;100,00", "11/11/2026;B;50,00", "12/11/2026;C;25,00;")
    assert (sums(found), found.refused) == (["50.00", "25.00"], [(2, "cells")])


def test_cents_after_a_comma_without_quotes_are_not_lost_but_refused() -> None:
    found = read("Data,Descrizione,Importo", "10/11/2026,ROSSI,100,50", "11/11/2026,B,200,75")
    assert (sums(found), found.refused) == ([], [(2, "cells"), (3, "cells")])


def test_the_code_of_a_kind_of_transfer_does_not_pass_for_the_number_of_an_invoice() -> None:
    found = read("Data;Causale;Descrizione;Importo", "10/11/2026;48;ROSSI fatt. 12/2026;100,00")
    assert found.bookings[0].text == "ROSSI fatt. 12/2026"


def test_each_line_is_booked_refused_or_left_out() -> None:
    lines = [
        "01/11/2026;Saldo iniziale;1.000,00",
        "10/11/2026;Rossi;100,00",
        "10/11/2026;Rossi senza somma;",
        ";Bianchi senza giorno;50,00",
        "10/11/2026;Verdi;uno",
        "seguito della descrizione;;",
        HEAD,
        "10/11/2026;Neri;0,00",
        '10/11/2026;"Gialli;7,00',
        "Totale;;157,00",
        ";Saldo finale;1.157,00",
    ]
    found = read("Banca;;", HEAD, *lines, ";;", "")
    assert whole(found) == len(lines)
    assert sums(found) == ["100.00", "7.00"]
    assert found.refused == [(5, "no-amount"), (6, "no-day"), (7, "no-amount")]
    assert found.left_out == [
        (3, "balance"),
        (8, "no-booking"),
        (9, "headings"),
        (10, "zero"),
        (12, "balance"),
        (13, "balance"),
    ]


def test_what_is_booked_back_in_two_columns_goes_the_other_way() -> None:
    found = read("Data;Descrizione;Dare;Avere", "10/11/2026;a;5,00;", "11/11/2026;storno;-5,00;", "12/11/2026;b;;-7,00")
    assert sums(found) == ["-5.00", "5.00", "-7.00"]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56-", "-1234.56"),
        ("1 234,56", "1234.56"),
        ("1'234.56", "1234.56"),
        ("1’234.56", "1234.56"),
        ("-€ 1.234,56", "-1234.56"),
        ("EUR -12,50", "-12.50"),
        ("12,50 eur", "12.50"),
        ("1,234", "1234"),
        ("1,230000", "1.23"),
        ("1,2345", None),
    ],
)
def test_sums_are_read_however_a_bank_writes_them(text: str, amount: str | None) -> None:
    assert amount_in(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    "text",
    [
        "10.11.26",
        "10-11-26",
        "2026-11-10T00:00",
        "2026-11-10 00:00:00",
        "10/11/26 00:00",
        "2026/11/10",
        "10 nov 2026",
        "10-NOV-26",
    ],
)
def test_days_are_read_however_a_bank_writes_them(text: str) -> None:
    assert str(day_in(text)) == "2026-11-10"


def test_a_number_that_looks_like_a_day_of_the_year_1112_is_none() -> None:
    assert day_in("1112026") is None


def camt(entries: str) -> bytes:
    name = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"
    return f'<Document xmlns="{name}"><BkToCstmrStmt><Stmt>{entries}</Stmt></BkToCstmrStmt></Document>'.encode()


def entry(more: str, *, status: str = "BOOK", parties: str = "") -> str:
    return (
        f'<Ntry><Amt Ccy="EUR">10.00</Amt>{more}<Sts>{status}</Sts><BookgDt><Dt>2026-11-10</Dt></BookgDt>'
        f"<NtryDtls><TxDtls><RltdPties>{parties}</RltdPties></TxDtls></NtryDtls></Ntry>"
    )


def test_a_reversal_in_camt_keeps_its_direction_and_its_payer_is_not_ourselves() -> None:
    parties = "<Dbtr><Nm>Noi Srl</Nm></Dbtr><Cdtr><Nm>Fornitore</Nm></Cdtr>"
    back = "<CdtDbtInd>{}</CdtDbtInd><RvslInd>true</RvslInd>"
    found = read_camt(camt(entry(back.format("CRDT"), parties=parties) + entry(back.format("DBIT"), parties=parties)))
    assert [(str(one.amount), one.counterparty) for one in found.bookings] == [
        ("10.00", "Fornitore"),
        ("-10.00", "Noi Srl"),
    ]


def test_each_entry_of_camt_is_booked_refused_or_left_out() -> None:
    sign = "<CdtDbtInd>CRDT</CdtDbtInd>"
    found = read_camt(
        camt(
            entry(sign)
            + entry("")
            + entry(sign, status="PDNG")
            + entry(sign, status="INFO")
            + entry(sign).replace("10.00", "0.00")
        )
    )
    assert (len(found.bookings), found.refused) == (1, [(2, "no-sign")])
    assert found.left_out == [(3, "not-booked"), (4, "not-booked"), (5, "zero")]


def brought(books: Books, *lines: str) -> BankFile:
    content = "\n".join(lines).encode()
    return import_bank_file(books.principal(), books.world.companies["moda"], name="estratto.csv", content=content)


@pytest.mark.django_db
def test_files_that_overlap_double_nothing_and_two_equal_lines_are_two(books: Books) -> None:
    twin = "10/11/2026;Rossi;100,00"
    first = brought(books, HEAD, "09/11/2026;Bianchi;1,00", twin, twin)
    assert first.lines.count() == 3
    second = brought(books, HEAD, twin, twin, twin, "11/11/2026;Verdi;2,00", "30/11/2026;Saldo finale;99,00")
    account = account_for(second)
    assert (account.again, account.unknown, len(account.left_out), account.whole) == (2, 2, 1, 5)
    third = account_for(brought(books, HEAD, "09/11/2026;Bianchi;1,00", twin, twin, twin, "11/11/2026;Verdi;2,00"))
    assert (third.again, third.unknown, BankLine.objects.count()) == (5, 0, 5)


@pytest.mark.django_db
def test_the_page_says_what_was_left_out_and_why(books: Books, client_of: Callable[[str], CheckedClient]) -> None:
    file = brought(books, HEAD, "10/11/2026;Rossi;100,00", "10/11/2026;Senza;", "30/11/2026;Saldo finale;99,00")
    shown = client_of("inside").get(f"/payments/bank/{file.pk}").content.decode()
    assert "1 riga non è stata presa, perché non registra nulla" in shown
    assert "Riga 4: un saldo, non un movimento." in shown
    assert "Riga 3: nessun importo leggibile." in shown


@pytest.mark.django_db
def test_the_page_says_how_days_were_read_that_have_two_readings(
    books: Books, client_of: Callable[[str], CheckedClient]
) -> None:
    doubtful = brought(books, "Date;Description;Amount", "03/04/2026;Rossi;100,00")
    plain = brought(books, HEAD, "03/04/2026;Rossi;100,00")
    said = "I giorni sono stati letti come giorno/mese, ad esempio 03/04/2026 è il 3 aprile 2026"
    assert said in client_of("inside").get(f"/payments/bank/{doubtful.pk}").content.decode()
    assert said not in client_of("inside").get(f"/payments/bank/{plain.pk}").content.decode()
