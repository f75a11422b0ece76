"""Account statements as tables: `;` or `,`, Windows-1252 or UTF-8, headings anywhere in the first twenty lines,
the sum signed in one column or in two (Dare and Avere).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal

from filo.operational.payments.bank.lines import (
    MOST_LINES,
    Booking,
    Read,
    Unreadable,
    amount_in,
    day_in,
    iban_in,
)

HEAD_WITHIN = 20
# What banks write above their columns, by what we call it; the first that stands in a heading wins.
NAMES: dict[str, tuple[str, ...]] = {
    "booked": ("data contabile", "data operazione", "data mov", "booking date", "data registrazione", "data", "date"),
    "valued": ("data valuta", "valuta", "value date"),
    "debit": ("dare", "addebiti", "addebito", "uscite", "uscita", "debit"),
    "credit": ("avere", "accrediti", "accredito", "entrate", "entrata", "credit"),
    "amount": ("importo", "amount", "ammontare"),
    "text": ("descrizione", "causale estesa", "dettagli", "descrizione operazione", "causale", "description"),
    "counterparty": ("controparte", "ordinante", "beneficiario", "nominativo", "counterparty", "payer"),
    "iban": ("iban",),
    "currency": ("divisa", "currency"),
}
_CURRENCIES = {"EURO": "EUR", "€": "EUR", "": "EUR"}


def read_table(content: bytes) -> Read:
    """The lines of a statement. Raises `Unreadable`."""
    rows = _rows(_text(content))
    at, columns = _head(rows)
    found = Read()
    for number, row in enumerate(rows[at + 1 :], start=at + 2):
        if len(found.bookings) >= MOST_LINES:
            raise Unreadable("too-long")
        cells = {name: row[place].strip() if place < len(row) else "" for name, place in columns.items()}
        if not any(cells.values()) or _is_a_sum(cells):
            continue
        booked = day_in(cells.get("booked", "")) or day_in(cells.get("valued", ""))
        amount = _amount(cells)
        if booked is None or amount is None:
            if any(cells.get(name) for name in ("amount", "debit", "credit")):
                found.refused.append((number, "no-day" if booked is None else "no-amount"))
            continue
        if amount:
            found.bookings.append(_booking(number, cells, booked, amount))
    if not found.bookings and not found.refused:
        raise Unreadable("no-lines")
    return found


def _booking(number: int, cells: dict[str, str], booked: object, amount: Decimal) -> Booking:
    text = " ".join(cells.get("text", "").split())[:1000]
    currency = cells.get("currency", "").upper()
    return Booking(
        number=number,
        booked_on=booked,  # type: ignore[arg-type]
        amount=amount,
        text=text,
        counterparty=cells.get("counterparty", "")[:200],
        iban=iban_in(cells.get("iban", "")) or iban_in(text),
        currency=_CURRENCIES.get(currency, currency[:3]) or "EUR",
    )


def _text(content: bytes) -> str:
    if b"\0" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable("not-text")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> list[list[str]]:
    lines = text.splitlines()
    sample = "\n".join(lines[: HEAD_WITHIN + 20])
    sign = max(";\t,|", key=sample.count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=sign))
    except csv.Error as error:
        raise Unreadable("not-a-table") from error


def _head(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    for at, row in enumerate(rows[:HEAD_WITHIN]):
        columns = _columns([" ".join(cell.casefold().split()) for cell in row])
        has_sum = "amount" in columns or "credit" in columns
        if has_sum and ("booked" in columns or "valued" in columns):
            return at, columns
    raise Unreadable("no-headings")


def _columns(cells: list[str]) -> dict[str, int]:
    """Which column is which; the whole heading before a part of it, longer names before shorter."""
    found: dict[str, int] = {}
    for exact in (True, False):
        for name, words in NAMES.items():
            for word in words:
                if name in found:
                    break
                for place, cell in enumerate(cells):
                    fits = cell == word if exact else word in cell
                    if fits and place not in found.values() and not (name == "text" and "data" in cell):
                        found[name] = place
                        break
    return found


def _amount(cells: dict[str, str]) -> Decimal | None:
    if cells.get("amount"):
        return amount_in(cells["amount"])
    credit, debit = amount_in(cells.get("credit", "")), amount_in(cells.get("debit", ""))
    if credit is None and debit is None:
        return None
    return abs(credit or Decimal(0)) - abs(debit or Decimal(0))


def _is_a_sum(cells: dict[str, str]) -> bool:
    said = f"{cells.get('booked', '')} {cells.get('text', '')}".casefold()
    return "saldo" in said and ("iniziale" in said or "finale" in said or "contabile" in said)
