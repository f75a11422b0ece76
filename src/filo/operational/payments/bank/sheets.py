"""Statements that are sheets: a topic above knows how to unfold files, says so here, and gives their text back."""

from __future__ import annotations

import re
from collections.abc import Callable

from filo.operational.payments.bank.lines import Unreadable

Unfold = Callable[[bytes], str]
SIGN = ";"  # between the columns of what comes back
_SHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_PAGE = re.compile(
    rb"<(?:!doctype html|html|table|meta|head|body|style|div)\b|schemas-microsoft-com:office:spreadsheet"
)
_unfolders: list[Unfold] = []


def unfold_sheets_with(unfold: Unfold) -> None:
    """Called once, when the program starts. `unfold` raises `Unreadable` with the sentence that says why."""
    _unfolders[:] = [unfold]


def is_sheet(content: bytes) -> bool:
    """Whether it is a workbook, or a page of tables as some banks call .xls."""
    if content.startswith(_SHEETS):
        return True
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head[:1] == b"<" and _PAGE.search(head) is not None


def text_of_sheet(content: bytes) -> str:
    """The rows of its largest sheet as text, a line each. Raises `Unreadable`."""
    if not _unfolders:
        raise Unreadable("not-text")
    return _unfolders[0](content)
