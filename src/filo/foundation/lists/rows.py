"""The rows of a list as HTML; written here because fifty rows of a template take long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from filo.foundation.lists.columns import Column

_BOX = (
    '<td class="box"><label><input type="checkbox" name="chosen" value="{}" form="chosen" aria-label="{}"></label></td>'
)
_PEEKED, _PLAIN = '<tr data-peek data-id="{}">', '<tr data-id="{}">'


@dataclass(frozen=True)
class RowStyle:
    """What rows of one list have: their id, the words of the box that chooses them, and whether there is a preview,
    which is at the address of the first link, with `/peek` after it.
    """

    key: Callable[[Any], object]
    choose: Callable[[Any], str] | None = None
    peek: bool = True
    wraps: bool = True  # whether the first cell may take two lines


def list_rows(rows: Iterable[Any], columns: Sequence[Column], style: RowStyle) -> SafeString:
    """All rows, each beginning with the first column."""
    heads = [(column, _opening(column)) for column in columns[1:]]
    pattern = "{}{}<td data-wrap>{}</td>{}</tr>" if style.wraps else "{}{}<td>{}</td>{}</tr>"
    return format_html_join("", pattern, (_parts(row, columns[0], heads, style) for row in rows))


def _opening(column: Column) -> SafeString:
    """The tag of a cell, but for its end."""
    named = format_html(' class="{}"', column.style) if column.style else ""
    edited = format_html(' data-edit="{}"', column.name) if column.edit else ""
    phone = format_html(' data-phone="{}"', "label") if column.named else ""
    return format_html('<td{} data-label="{}"{}{}>', named, str(column.label), edited, phone)


def _parts(row: Any, first: Column, heads: Sequence[tuple[Column, SafeString]], style: RowStyle) -> tuple[object, ...]:
    key = style.key(row)
    box = format_html(_BOX, key, style.choose(row)) if style.choose else ""
    cells = format_html_join("", "{}{}</td>", ((head, column.cell(row)) for column, head in heads))
    return format_html(_PEEKED if style.peek else _PLAIN, key), box, first.cell(row), cells
