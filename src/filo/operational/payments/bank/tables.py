"""Account statements as tables: headings anywhere in the first sixty lines, the sum signed in one column, in two
(Dare and Avere), or beside a column that says which way it went. Each line is booked, refused, or left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import islice

from filo.foundation.folding import fold
from filo.operational.payments.bank.balances import is_balance
from filo.operational.payments.bank.days import day_of_column, doubtful_day, is_month_first
from filo.operational.payments.bank.headings import Columns, columns_of
from filo.operational.payments.bank.lines import (
    MOST_LINES,
    Booking,
    Read,
    Unreadable,
    amount_in,
    day_in,
    iban_in,
)
from filo.operational.payments.bank.rows import SIGNS, Row, lines_in, rows_of
from filo.operational.payments.bank.sides import IN, OUT, plain

HEAD_WITHIN = 60  # sheets of Intesa have theirs in row 29
_LOOKED_AT = 40  # rows by which columns and signs are told
_CURRENCIES = {"EURO": "EUR", "€": "EUR", "$": "USD", "£": "GBP"}
_CODE = re.compile(r"\d{1,4}")
_NOT_BOOKED = (
    "pending", "in sospeso", "sospes", "in attesa", "declin", "rifiut", "negat", "fail", "fallit", "revert", "annull",
    "cancel", "scadut", "expired", "denied", "refused", "non contabil", "da contabil", "autorizzat",
)  # fmt: skip


@dataclass(frozen=True)
class _Line:
    row: Row
    booked: date | None
    amount: Decimal | None
    text: str
    counterparty: str


def read_table(text: str, *, sign: str = "", of_a_sheet: bool = False) -> Read:
    """The lines of a statement. sign: what parts columns, found where it is not said; of_a_sheet: whether days may be
    the numbers that a spreadsheet keeps for them. Raises `Unreadable`.
    """
    lines = lines_in(text)
    sign, at = _head(lines, sign or SIGNS)
    rows = list(rows_of(lines, sign))
    below = [row for row in rows[at + 1 :] if row.width]
    columns = columns_of(rows[at].cells, [row.cells for row in below[:_LOOKED_AT]])
    if len(below) > MOST_LINES:
        raise Unreadable("too-long")
    table = _Table(columns, below, comma=sign == ",", of_a_sheet=of_a_sheet)
    found = Read(doubtful_day=table.doubtful_day)
    for place, line in enumerate(table.lines):
        if (why := table.left_out(place, line)) is not None:
            found.left_out.append((line.row.number, why))
        elif (why := table.refused(line)) is not None:
            found.refused.append((line.row.number, why))
        else:
            found.bookings.append(table.booking(line))
    if not found.bookings and not found.refused:
        raise Unreadable("no-lines")
    return found


def _head(lines: Sequence[str], signs: str) -> tuple[str, int]:
    """The sign between columns and the row of the headings: those by which most columns are known."""
    best: tuple[int, str, int] | None = None
    for sign in signs:
        rows = list(islice(rows_of(lines, sign), HEAD_WITHIN + _LOOKED_AT))
        for at, row in enumerate(rows[:HEAD_WITHIN]):
            columns = columns_of(row.cells, [one.cells for one in rows[at + 1 :]])
            if columns.suffice():
                if best is None or columns.known > best[0]:
                    best = (columns.known, sign, at)
                break
    if best is None:
        raise Unreadable("no-headings")
    return best[1], best[2]


class _Table:
    """The rows under the headings, and what each of them is."""

    def __init__(self, columns: Columns, below: Sequence[Row], *, comma: bool, of_a_sheet: bool) -> None:
        self.columns = columns
        days = [self._cell(row, name) for row in below for name in ("booked", "valued")]
        self.doubtful_day = doubtful_day(days, columns.head)
        self.day = partial(day_of_column, month_first=is_month_first(days), of_a_sheet=of_a_sheet)
        widths = Counter(row.width for row in below)
        # Where commas part columns, one cell more may be the cents of a sum without quotes.
        usual = widths.most_common(1)[0][0] if widths and not comma else 0
        self.width = max(len(columns.head), usual)
        # Some banks write what went out below zero; where only some of it is, that came back.
        debits = [amount_in(self._cell(row, "debit")) or Decimal(0) for row in below]
        self.out = 1 if any(debits) and all(one <= 0 for one in debits) else -1
        self.lines = [self._line(row) for row in below]
        sure = [
            at for at, line in enumerate(self.lines) if line.booked and line.amount and not self._balance(line, True)
        ]
        self.inside = range(sure[0], sure[-1] + 1) if sure else range(0)

    def left_out(self, place: int, line: _Line) -> str | None:
        """Why a line books nothing and needs nobody; None where it is a booking or broken."""
        row = line.row
        if tuple(fold(cell) for cell in row.cells[: row.width]) == self.columns.head[: row.width] and row.width > 1:
            return "headings"
        if self._balance(line, place not in self.inside):
            return "balance"
        if self._not_booked(row):
            return "not-booked"
        if line.booked and line.amount == 0:
            return "zero"
        sums = any(self._cell(row, name) for name in ("amount", "debit", "credit"))
        return None if line.booked or sums or row.broken else "no-booking"

    def refused(self, line: _Line) -> str | None:
        """Why a line cannot be booked; None where it can."""
        row = line.row
        if row.broken and row.width != self.width and row.width != len(self.columns.head):
            return "quote"
        if row.width > self.width:
            return "cells"
        if line.booked is None:
            return "no-day"
        if line.amount is None:
            return "no-amount"
        return "no-sign" if self._side(row) is None else None

    def booking(self, line: _Line) -> Booking:
        """The line as it is booked; it is one that is neither left out nor refused."""
        row, amount = line.row, line.amount or Decimal(0)
        currency = self._cell(row, "currency").upper() or self.columns.currency or "EUR"
        return Booking(
            number=row.number,
            booked_on=line.booked,  # type: ignore[arg-type]
            amount=-abs(amount) if self._side(row) == -1 else amount,
            text=line.text[:1000],
            counterparty=line.counterparty[:200],
            iban=iban_in(self._cell(row, "iban")) or iban_in(line.text),
            currency=_CURRENCIES.get(currency, currency[:3]),
        )

    def _line(self, row: Row) -> _Line:
        booked = self.day(self._cell(row, "booked")) or self.day(self._cell(row, "valued"))
        names = (" ".join(self._at(row, place).split()) for place in self.columns.many["counterparty"])
        return _Line(row, booked, self._amount(row), self._text(row), next(filter(None, names), ""))

    def _text(self, row: Row) -> str:
        """All texts, each said once: a full description often holds the short one."""
        kept: list[str] = []
        for place in self.columns.many["text"]:
            text = " ".join(self._at(row, place).split())
            if self.columns.head[place].startswith("causale") and _CODE.fullmatch(text):
                continue  # the kind of transfer: beside a text it would pass for the number of a document
            if text and not any(text in other for other in kept):
                kept = [other for other in kept if other not in text] + [text]
        return " ".join(kept)

    def _amount(self, row: Row) -> Decimal | None:
        credit, debit = amount_in(self._cell(row, "credit")), amount_in(self._cell(row, "debit"))
        if credit is None and debit is None:
            return amount_in(self._cell(row, "amount"))
        return (credit or Decimal(0)) + self.out * (debit or Decimal(0))

    def _side(self, row: Row) -> int | None:
        """-1: it went out, whatever its sign; 1: its sign says; None: nobody knows."""
        said = plain(self._cell(row, "side"))
        if said in OUT:
            return -1
        return 1 if said in IN or not said else None

    def _balance(self, line: _Line, at_edge: bool) -> bool:
        if line.counterparty or self._cell(line.row, "iban"):
            return False
        in_day = "" if line.booked else self._cell(line.row, "booked")
        said = f"{in_day} {line.text}".strip() or " ".join(
            cell for cell in line.row.cells if amount_in(cell) is None and not day_in(cell)
        )
        valued = day_in(self._cell(line.row, "valued")) is not None if "valued" in self.columns.one else None
        return is_balance(said, has_day=line.booked is not None, valued=valued, at_edge=at_edge)

    def _not_booked(self, row: Row) -> bool:
        said = fold(self._cell(row, "state"))
        return said == "no" or any(word in said for word in _NOT_BOOKED)

    def _cell(self, row: Row, name: str) -> str:
        place = self.columns.one.get(name)
        return "" if place is None else self._at(row, place)

    @staticmethod
    def _at(row: Row, place: int) -> str:
        return row.cells[place].strip() if place < len(row.cells) else ""
