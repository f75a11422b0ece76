"""What stands around the rows of a list: removable conditions, headings that sort, columns to choose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from filo.foundation.filters.asking import query_of
from filo.foundation.filters.chips import Chip, chips_of
from filo.foundation.filters.fields import FilterSet
from filo.foundation.filters.tree import Tree
from filo.foundation.lists.columns import Column
from filo.foundation.web.requests import StaffRequest

# What of an address stays when its conditions change.
KEPT = ("q", "sort", "columns", "view")


@dataclass(frozen=True)
class Removable:
    """A condition in words, and the address of the list without it."""

    chip: Chip
    without: str


def removable_chips(request: StaffRequest, tree: Tree | None, filters: FilterSet) -> list[Removable]:
    """The conditions of the list, each with the address that is left without it."""
    return [Removable(chip, _without(request, chip)) for chip in chips_of(tree, filters, request.principal)]


def _without(request: StaffRequest, chip: Chip) -> str:
    kept = [(name, value) for name in KEPT for value in request.GET.getlist(name) if value]
    return urlencode([*query_of(chip.without), *kept]) or "view=all"


def offered_columns(known: Mapping[str, Column], shown: Sequence[Column]) -> list[tuple[Column, bool]]:
    """Those that are shown in their order, then the others; the first is always there and not among them."""
    others = [column for column in list(known.values())[1:] if column not in shown]
    return [*((column, True) for column in shown[1:]), *((column, False) for column in others)]


def sort_label(sorts: Mapping[str, Any], sort: str) -> Any:
    """What an order is called, either way round; the first one's name where it has none."""
    found = [label for code, label in sorts.items() if code.lstrip("-") == sort.lstrip("-")]
    return found[0] if found else next(iter(sorts.values()))


@dataclass(frozen=True)
class Heading:
    """A column's head: the order that a click asks for, and which way it stands now."""

    column: Column
    sort: str
    stands: str  # ascending, descending or nothing


def heading_of(column: Column, sort: str) -> Heading:
    """The head of a column in a list of this order."""
    if not column.sort or sort.lstrip("-") != column.sort.lstrip("-"):
        return Heading(column, column.sort, "")
    turned = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
    return Heading(column, turned, "descending" if sort.startswith("-") else "ascending")


def kept_parameters(request: StaffRequest) -> list[tuple[str, str]]:
    """What a form in the list's bar carries along."""
    return [(name, value) for name, values in request.GET.lists() for value in values if name != "cursor"]


def with_columns(request: StaffRequest) -> str:
    """The address with the columns that were ticked, in the order in which they stood."""
    query = request.GET.copy()
    query.pop("cursor", None)
    query.pop("columns", None)
    query["columns"] = ",".join(query.pop("column"))
    return query.urlencode(safe=",:")
