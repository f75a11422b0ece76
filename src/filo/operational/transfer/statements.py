"""Account statements that are sheets, unfolded as any other file is; what is understood of them, payments know."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from filo.operational.payments.bank import lines as bank
from filo.operational.payments.bank.sheets import SIGN
from filo.operational.transfer.converting import unfold
from filo.operational.transfer.reading import Unreadable


def statement_as_text(content: bytes) -> str:
    """The largest sheet, a line for each row. Raises `Unreadable` of the bank's files, with its sentence."""
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / "original"
        original.write_bytes(content)
        try:
            with unfold(original).path.open(encoding="utf-8", newline="") as table:
                return _a_line_each(csv.reader(table, delimiter=SIGN))
        except Unreadable as refusal:
            raise bank.Unreadable("not-text", str(refusal)) from None


def _a_line_each(rows: Iterable[Sequence[str]]) -> str:
    """So that lines are numbered as the rows of the sheet."""
    text = io.StringIO()
    csv.writer(text, delimiter=SIGN, lineterminator="\n").writerows(
        [" ".join(cell.split()) for cell in row] for row in rows
    )
    return text.getvalue()
