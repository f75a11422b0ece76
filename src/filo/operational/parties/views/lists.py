"""The list of customers, search, and what is offered while typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from filo.foundation.filters.asking import query_of, tree_of
from filo.foundation.filters.chips import Chip, chips_of
from filo.foundation.lists.columns import Column
from filo.foundation.lists.queries import address_of, opening_view, views_of
from filo.foundation.search.sources import lines_with
from filo.foundation.web.requests import StaffRequest
from filo.operational.parties.columns import PARTY_COLUMNS
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.own_fields import PREFIX
from filo.operational.parties.queries.find import relationships_shown
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import (
    SORT_LABELS,
    ListQuery,
    rows_of,
)
from filo.operational.parties.queries.similar import find_parties
from filo.operational.parties.views.tabs import LIST, tabs_of

# What of an address stays when its conditions change.
KEPT = ("q", "sort", "columns", "view")
MOST_ON_A_PAGE, MOST_LINES, MOST_SUGGESTED = 50, 20, 8


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The customers one sees: rows, columns and order as the address says, fifty at a time."""
    principal = request.principal
    principal.require("party", "view")
    views = views_of(principal, LIST)
    opening = opening_view(principal, views) if not request.GET else None
    if opening or "column" in request.GET:
        return redirect(f"{request.path}?{address_of(opening) if opening else _with_columns(request)}")
    tree = tree_of(request.GET, PARTY_FILTERS, principal)
    chips = [_Removable(chip, _without(request, chip)) for chip in chips_of(tree, PARTY_FILTERS, principal)]
    asked = ListQuery(
        text=request.GET.get("q", "")[:120],
        tree=tree,
        sort=request.GET.get("sort", "name"),
        cursor=request.GET.get("cursor", "")[:400],
    )
    known = PARTY_COLUMNS.known_to(principal)
    columns = PARTY_COLUMNS.chosen(known, request.GET.get("columns", ""))
    listing = PartyListing(principal, asked)
    page = listing.page
    own = {column.sort: column.label for column in known.values() if column.sort.startswith(PREFIX)}
    sorts = {**SORT_LABELS, **own}
    return render(
        request,
        "parties/list.html",
        {
            "asked": asked,
            "columns": columns,
            "headings": [_heading(column, asked.sort) for column in columns],
            "offered_columns": _offered(known, columns),
            "rows": rows_of(principal, page.rows, needs={column.needs for column in columns}),
            "page": page,
            "count": listing.count,
            "chips": chips,
            "narrowed": bool(chips or asked.text),
            "sorts": sorts.items(),
            "kept_parameters": _kept_parameters(request),
            "sort_label": _sort_label(sorts, asked.sort),
            **tabs_of(request, views),
        },
    )


@dataclass(frozen=True)
class _Removable:
    """A condition in words, and the address of the list without it."""

    chip: Chip
    without: str


def _without(request: StaffRequest, chip: Chip) -> str:
    kept = [(name, value) for name in KEPT for value in request.GET.getlist(name) if value]
    return urlencode([*query_of(chip.without), *kept]) or "view=all"


def _offered(known: Mapping[str, Column], shown: Sequence[Column]) -> list[tuple[Column, bool]]:
    """Those that are shown in their order, then the others; the first is always there and not among them."""
    others = [column for column in list(known.values())[1:] if column not in shown]
    return [*((column, True) for column in shown[1:]), *((column, False) for column in others)]


def _sort_label(sorts: Mapping[str, Any], sort: str) -> Any:
    """What an order is called, either way round."""
    found = [label for code, label in sorts.items() if code.lstrip("-") == sort.lstrip("-")]
    return found[0] if found else sorts["name"]


@dataclass(frozen=True)
class Heading:
    """A column's head: the order that a click asks for, and which way it stands now."""

    column: Column
    sort: str
    stands: str  # ascending, descending or nothing


def _heading(column: Column, sort: str) -> Heading:
    if not column.sort or sort.lstrip("-") != column.sort.lstrip("-"):
        return Heading(column, column.sort, "")
    turned = sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"
    return Heading(column, turned, "descending" if sort.startswith("-") else "ascending")


def _kept_parameters(request: StaffRequest) -> list[tuple[str, str]]:
    """What a form in the list's bar carries along."""
    return [(name, value) for name, values in request.GET.lists() for value in values if name != "cursor"]


def _with_columns(request: StaffRequest) -> str:
    """The address with the columns that were ticked, in the order in which they stood."""
    query = request.GET.copy()
    query.pop("cursor", None)
    query.pop("columns", None)
    query["columns"] = ",".join(query.pop("column"))
    return query.urlencode(safe=",:")


@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """Everything found for a word, on a page of its own: customers, what was written about them, and similar names."""
    text, principal = request.GET.get("q", "")[:120], request.principal
    found = find_parties(principal, text, limit=MOST_ON_A_PAGE)
    rows = rows_of(principal, found.all)
    context = {
        "q": text,
        "rows": rows[: len(found.parties)],
        "similar": rows[len(found.parties) :],
        "lines": lines_with(principal, text, limit=MOST_LINES),
        "columns": PARTY_COLUMNS.chosen(PARTY_COLUMNS.known_to(principal), ""),
    }
    return render(request, "parties/search.html", context)


@require_GET
def suggest(request: StaffRequest) -> HttpResponse:
    """The first few found while typing, for the search box and for choosing a party."""
    text, kind = request.GET.get("q", "")[:120], request.GET.get("kind", "")
    kind = kind if kind in ("person", "organisation") else ""
    found = find_parties(request.principal, text, limit=MOST_SUGGESTED, kind=kind)
    shown = relationships_shown(request.principal, found.all, in_short=True)
    rows, similar = (
        [(party, next(iter(shown.get(party.id, [])), None)) for party in parties]
        for parties in (found.parties, found.similar)
    )
    context = {"rows": rows, "similar": similar, "q": text, "choose": request.GET.get("choose")}
    return render(request, "parties/_suggestions.html", context)
