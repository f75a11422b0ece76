"""The list of customers, search, and what is offered while typing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from filo.foundation.filters.asking import tree_of
from filo.foundation.lists.frame import (
    heading_of,
    kept_parameters,
    offered_columns,
    removable_chips,
    sort_label,
    with_columns,
)
from filo.foundation.lists.queries import address_of, opening_view, views_of
from filo.foundation.search.sources import lines_with
from filo.foundation.web.commands import found_by_number
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

MOST_ON_A_PAGE, MOST_LINES, MOST_SUGGESTED = 50, 20, 8


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The customers one sees: rows, columns and order as the address says, fifty at a time."""
    principal = request.principal
    principal.require("party", "view")
    views = views_of(principal, LIST)
    opening = opening_view(principal, views) if not request.GET else None
    if opening or "column" in request.GET:
        return redirect(f"{request.path}?{address_of(opening) if opening else with_columns(request)}")
    tree = tree_of(request.GET, PARTY_FILTERS, principal)
    chips = removable_chips(request, tree, PARTY_FILTERS)
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
            "headings": [heading_of(column, asked.sort) for column in columns],
            "offered_columns": offered_columns(known, columns),
            "rows": rows_of(principal, page.rows, needs={column.needs for column in columns}),
            "page": page,
            "count": listing.count,
            "chips": chips,
            "narrowed": bool(chips or asked.text),
            "sorts": sorts.items(),
            "kept_parameters": kept_parameters(request),
            "sort_label": sort_label(sorts, asked.sort),
            **tabs_of(request, views),
        },
    )


@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """Everything found for a word, on a page of its own: customers, what was written about them, and similar names."""
    text, principal = request.GET.get("q", "")[:120], request.principal
    numbered = found_by_number(principal, text)
    if len(numbered) == 1:
        return redirect(numbered[0].address(principal))
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
