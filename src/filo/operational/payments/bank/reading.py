"""A file of a bank, whichever kind it is."""

from __future__ import annotations

from filo.operational.payments.bank.camt import looks_like_camt, read_camt
from filo.operational.payments.bank.lines import Read, Unreadable
from filo.operational.payments.bank.rows import text_in
from filo.operational.payments.bank.sheets import SIGN, is_sheet, text_of_sheet
from filo.operational.payments.bank.tables import read_table

MOST_BYTES = 20 * 1024 * 1024


def read_bank_file(content: bytes) -> Read:
    """Its lines. Raises `Unreadable`."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("too-long")
    if is_sheet(content):
        return read_table(text_of_sheet(content), sign=SIGN, of_a_sheet=True)
    return read_camt(content) if looks_like_camt(content) else read_table(text_in(content))
