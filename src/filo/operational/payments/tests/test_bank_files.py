"""Files of banks: each line accounted for, what is sure is matched, the rest is proposed; twice changes nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from filo.foundation.errors import InvalidFields
from filo.operational.payments.bank.camt import read_camt
from filo.operational.payments.bank.lines import Unreadable, amount_in, day_in, iban_in, is_iban
from filo.operational.payments.bank.matching import names_document
from filo.operational.payments.bank.reading import read_bank_file
from filo.operational.payments.models import BankFile, BankLine, Due, Payment
from filo.operational.payments.queries.lines import account_for
from filo.operational.payments.services.banking import accept_lines, ignore_line, import_bank_file, reopen_line
from filo.operational.payments.tests.books import Books

TWO_COLUMNS = (
    "Banca di Prova S.p.A.;;;;\nConto corrente;0001234;;;\n;;;;\n"
    "Data contabile;Data valuta;Descrizione operazione;Dare;Avere\n"
    "01/10/2026;01/10/2026;BONIFICO DA LANIFICIO BASSI SRL saldo fatt. 31/2026;;1.220,00\n"
    "02/10/2026;02/10/2026;Versamento Lanificio Bassi;;300,00\n"
    "03/10/2026;03/10/2026;Commissioni su società;2,50;\n"
    "04/10/2026;04/10/2026;Accredito diverso;;7,77\n"
    "05/10/2026;05/10/2026;riga rotta;;uno\n"
    ";;Saldo finale;;1.525,27\n"
).encode("cp1252")
CAMT = b"""<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
<Ntry><Amt Ccy="EUR">1220.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-10-01</Dt></BookgDt>
<NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Lanificio Bassi</Nm></Dbtr><DbtrAcct><Id><IBAN>IT60X0542811101000000123456</IBAN>
</Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Fattura 31/2026</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">12.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-10-02</Dt></BookgDt></Ntry>
<Ntry><Amt Ccy="EUR">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts><BookgDt><Dt>2026-10-02</Dt></BookgDt></Ntry>
</Stmt></BkToCstmrStmt></Document>"""


def brought(books: Books, content: bytes = TWO_COLUMNS) -> BankFile:
    return import_bank_file(books.principal(), books.world.companies["moda"], name="estratto.csv", content=content)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,56", "1234.56"),
        ("-1.234,56 €", "-1234.56"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1.234", "1234"),
        ("12,5", "12.5"),
        ("12,50-", "-12.50"),
        ("+ 7", "7"),
        ("uno", None),
        ("", None),
        ("1e5", None),
        ("9" * 20, None),
    ],
)
def test_sums_are_read_as_banks_write_them(text: str, amount: str | None) -> None:
    assert amount_in(text) == (None if amount is None else Decimal(amount))


def test_days_and_accounts_are_read() -> None:
    assert str(day_in("31/12/2026")) == str(day_in("2026-12-31")) == "2026-12-31"
    assert day_in("31/02/2026") is None
    assert iban_in("da IT60 X054 2811 1010 0000 0123 456 Rossi") == "IT60X0542811101000000123456"
    assert not is_iban("IT61X0542811101000000123456")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("FT 31/2026", True),
        ("saldo fatt. n. 31", True),
        ("2026-0031", True),
        ("ns. 31 del 26", True),
        ("saldo 31", False),
        ("fattura 310/2026", False),
    ],
)
def test_a_document_is_known_however_it_is_written(text: str, named: bool) -> None:
    assert names_document(text, "Fattura 2026/31") is named


def test_camt_is_read_without_what_is_only_announced() -> None:
    found = read_camt(CAMT)
    assert [(str(one.amount), one.counterparty, one.iban) for one in found.bookings] == [
        ("1220.00", "Lanificio Bassi", "IT60X0542811101000000123456"),
        ("-12.00", "", ""),
    ]


def test_what_a_bank_notes_between_the_lines_of_camt_is_passed_over() -> None:
    noted = CAMT.replace(b"<BkToCstmrStmt>", b"<!-- made by the bank --><?bank x?><BkToCstmrStmt>")
    noted = noted.replace(b"<Ntry>", b"<!-- a line --><Ntry>")
    assert read_camt(noted).bookings == read_camt(CAMT).bookings


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"ciao", "no-headings"),
        (b"\x00\x01\x02", "not-text"),
        (b"<a>", "broken-xml"),
        (b"<a/>", "other-xml"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><Document><BkToCstmrStmt/></Document>', "document-type"),
        (b"Data;Importo\n", "no-lines"),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_bank_file(content)
    assert refused.value.reason == reason


@pytest.mark.django_db
def test_each_line_is_accounted_for(books: Books) -> None:
    books.due("1220.00")
    other = books.due("300.00", document="Fattura 2026/44")
    account = account_for(brought(books))
    assert (account.matched, account.proposed, account.unknown, account.ignored) == (1, 1, 1, 1)
    assert (account.again, len(account.refused), len(account.left_out), account.whole) == (0, 1, 1, 6)
    assert BankLine.objects.get(state="proposed").due_id == other.pk
    assert Payment.objects.get().amount == Decimal("1220.00")
    assert Due.objects.get(document="Fattura 2026/31").state == "paid"


@pytest.mark.django_db
def test_the_same_file_and_the_same_line_twice_change_nothing(books: Books) -> None:
    books.due("1220.00")
    first = brought(books)
    assert brought(books).pk == first.pk
    longer = brought(books, TWO_COLUMNS + b"06/10/2026;06/10/2026;Nuovo;;1,00\n")
    account = account_for(longer)
    assert (account.again, account.matched, Payment.objects.count()) == (4, 0, 1)
    assert BankLine.objects.filter(file=longer).count() == 1


@pytest.mark.django_db
def test_proposals_are_accepted_left_aside_and_taken_back(books: Books) -> None:
    due = books.due("300.00", document="Fattura 2026/44")
    file = brought(books)
    line = BankLine.objects.get(due=due)
    for _time in range(2):
        accept_lines(books.principal(), file, [line.pk])
    assert Payment.objects.count() == 1
    reopen_line(books.principal(), file, line.pk)
    line.refresh_from_db()
    due.refresh_from_db()
    assert (line.state, due.left) == ("proposed", Decimal("300.00"))
    ignore_line(books.principal(), file, line.pk)
    assert accept_lines(books.principal(), file, [line.pk]) == 0


@pytest.mark.django_db
def test_a_broken_file_leaves_nothing(books: Books) -> None:
    with pytest.raises(InvalidFields):
        brought(books, b"\x00")
    assert not BankFile.objects.exists()


def named(reference: str) -> bytes:
    """The first line of `CAMT` with a reference from end to end."""
    return CAMT.replace(b"<TxDtls>", f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>".encode(), 1)


@pytest.mark.django_db
def test_equal_transfers_of_one_day_are_told_apart_by_their_reference(books: Books) -> None:
    brought(books, named("A1"))
    second = brought(books, named("B2"))
    assert (second.again, second.lines.get().amount) == (1, Decimal("1220.00"))
    same = brought(books, named("B2") + b" ")
    assert (same.again, same.lines.count()) == (2, 0)


@pytest.mark.django_db
@pytest.mark.parametrize("first", [CAMT, named("NOTPROVIDED")])
def test_a_line_that_came_without_a_reference_is_the_same_with_one(books: Books, first: bytes) -> None:
    brought(books, first)
    assert brought(books, named("A1")).again == 2
