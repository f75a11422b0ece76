"""What can be taken out as a file: lists, their columns, how they are read; apps declare theirs in `exportable.py`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Sized
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol
from uuid import UUID

from django.utils.functional import Promise

if TYPE_CHECKING:
    from filo.foundation.access.principal import Principal
    from filo.foundation.filters.fields import FilterSet

Words = str | Promise
Tree = dict[str, Any]
ValueKind = Literal["text", "number", "day", "moment"]


@dataclass(frozen=True)
class ExportColumn:
    """One column of a file. `values` are those of many rows at once: texts, numbers, or days and moments, also as the
    database keeps them. `needs` names what has to be read beside the rows; `mask` the masked field that hides it, as
    (object, field).
    """

    code: str
    label: Words
    values: Callable[[Any], Sequence[Any]]
    kind: ValueKind = "text"
    needs: tuple[str, ...] = ()
    mask: tuple[str, str] | None = None


@dataclass(frozen=True)
class Asked:
    """Which rows, in which order: as a list is asked for."""

    tree: Tree | None = None
    words: str = ""
    sort: str = ""


class Reader(Protocol):
    """One list for one principal, read by chunks. Making it raises `BadRequest` for what is not declared."""

    def count(self, most: int) -> tuple[int, bool]:
        """How many rows there are, counted no further than `most`, and whether that is exact."""

    def ids(self, *, cursor: str, size: int) -> tuple[list[UUID], str | None]:
        """The next ids, and the cursor of those after them."""


@dataclass(frozen=True, kw_only=True)
class Exportable:
    """A list that can be taken out.

    rights: (object, action) that are all needed. columns: all there are, in the order of a file. listed: those that
    the page of the list can show, by their names there; `usual` are those it opens with, and `sort` the
    order (asked for without one, a list comes in the order that is read fastest). rows: what columns read, for ids,
    with what they need. documents: the same as the API shows it, where it does. cards: vCards.
    """

    code: str
    label: Words
    stem: Words
    rights: tuple[tuple[str, str], ...]
    filters: FilterSet
    reader: Callable[[Principal, Asked], Reader]
    columns: Callable[[Principal], Sequence[ExportColumn]]
    rows: Callable[[Principal, Sequence[UUID], Collection[str]], Sized]
    listed: Callable[[Principal], Mapping[str, ExportColumn]] = lambda _principal: {}
    usual: tuple[str, ...] = ()
    sort: str = ""
    documents: Callable[[Principal, Sequence[UUID]], Sequence[Mapping[str, Any]]] | None = None
    cards: Callable[[Principal, Sequence[UUID]], Sequence[str]] | None = None


def each(value: Callable[[Any], Any]) -> Callable[[Sequence[Any]], list[Any]]:
    """The values of a column that is read row by row."""
    return lambda rows: [value(row) for row in rows]


_declared: dict[str, Exportable] = {}


def declare(*found: Exportable) -> None:
    """Let lists be taken out; each code means one, though a module that broke is imported again."""
    _declared.update({one.code: one for one in found})


def declared() -> dict[str, Exportable]:
    """Every list that can be taken out, by its code, in the order of the house."""
    return dict(_declared)
