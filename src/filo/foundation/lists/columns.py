"""Columns of a list: declared names, who may see them, how a cell reads, and what they need to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from filo.foundation.access.principal import Principal

Cell = Callable[[Any], Any]
Source = Callable[[Principal], Iterable["Column"]]
MOST = 12


@dataclass(frozen=True)
class Column:
    """One column. `cell` gives text or safe HTML of a row; `sort` is the order that its heading asks for;
    `needs` names what has to be read beside the row; `mask` is the masked field that hides it, as (object, field);
    `edit` says that a cell can be changed in its place; `named`: a phone, which shows no headings, says its label too.
    """

    name: str
    label: str | Promise
    cell: Cell
    sort: str = ""
    style: str = ""  # muted, end
    needs: str = ""
    mask: tuple[str, str] | None = None
    edit: bool = False
    named: bool = False


@dataclass(frozen=True)
class ColumnSet:
    """The columns of one list; `usual` are those it opens with. The first is always there."""

    columns: Mapping[str, Column]
    usual: tuple[str, ...]
    sources: list[Source] = field(default_factory=list)

    @classmethod
    def of(cls, *columns: Column, usual: tuple[str, ...]) -> ColumnSet:
        return cls({found.name: found for found in columns}, usual)

    def with_source(self, source: Source) -> None:
        """Let somebody declare further columns for each asking (fields of one's own)."""
        self.sources.append(source)

    def known_to(self, principal: Principal) -> dict[str, Column]:
        """The columns this principal may see: a masked one is as good as undeclared."""
        found = {**self.columns, **{column.name: column for source in self.sources for column in source(principal)}}
        return {
            name: column
            for name, column in found.items()
            if not column.mask or column.mask[1] not in principal.hidden(column.mask[0])
        }

    def chosen(self, known: Mapping[str, Column], asked: str) -> list[Column]:
        """The columns named in an address, parted by commas, in this order; the usual ones where none is known."""
        first = next(iter(self.columns))
        names = [name for name in dict.fromkeys(asked.split(",")) if name in known and name != first][:MOST]
        return [known[name] for name in (first, *(names or self.usual)) if name in known]
