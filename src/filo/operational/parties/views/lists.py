"""The list of customers, search, and what is offered while typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from filo.foundation.access.principal import Principal
from filo.foundation.filters.fields import FilterField
from filo.foundation.filters.tree import Tree, parse
from filo.foundation.lists.columns import Column
from filo.foundation.lists.queries import address_of, opening_view, views_of
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.parties.columns import PARTY_COLUMNS
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.queries.find import relationships_shown, search_parties
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import (
    SORT_LABELS,
    ListQuery,
    rows_of,
)
from filo.operational.parties.views.tabs import LIST, tabs_of

OFFERED = ("stage", "owner", "area", "company", "product_line", "channel", "unit", "kind")
PERIODS = (
    "within-days:30",
    "within-days:90",
    "older-than-days:30",
    "older-than-days:60",
    "older-than-days:180",
)


@dataclass(frozen=True)
class Chip:
    """A condition in words, with what takes it away."""

    name: str
    label: str
    words: str


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The customers one sees: rows, columns and order as the address says, fifty at a time."""
    principal = request.principal
    principal.require("party", "view")
    views = views_of(principal, LIST)
    opening = opening_view(principal, views) if not request.GET else None
    if opening or "column" in request.GET:
        return redirect(f"{request.path}?{address_of(opening) if opening else _with_columns(request)}")
    chips, tree = _conditions(request, principal)
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
    return render(
        request,
        "parties/list.html",
        {
            "asked": asked,
            "columns": columns,
            "headings": [_heading(column, asked.sort) for column in columns],
            "offered_columns": [(column, column in columns) for column in list(known.values())[1:]],
            "rows": rows_of(principal, page.rows, needs={column.needs for column in columns}),
            "page": page,
            "count": listing.count,
            "chips": chips,
            "narrowed": bool(chips or asked.text),
            "sorts": SORT_LABELS.items(),
            "kept_parameters": _kept_parameters(request),
            "sort_label": SORT_LABELS.get(asked.sort, SORT_LABELS["name"]),
            **tabs_of(request, views),
        },
    )


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
    """The address with the columns that were ticked."""
    query = request.GET.copy()
    query.pop("cursor", None)
    names = [name for value in query.pop("columns", []) for name in value.split(",")]
    ticked = query.pop("column")
    kept = [name for name in names if name in ticked]
    query["columns"] = ",".join([*kept, *(name for name in ticked if name not in kept)])
    return query.urlencode(safe=",:")


@require_GET
def filter_form(request: StaffRequest) -> HttpResponse:
    """What the list may be narrowed by, fetched when it is opened."""
    request.principal.require("party", "view")
    context = {
        "asked": ListQuery(text=request.GET.get("q", "")[:120], sort=request.GET.get("sort", "name")),
        "offered": _offered(request, request.principal),
        "periods": [(code, _period_words(code)) for code in PERIODS],
    }
    return render(request, "parties/_filter.html" if wants_fragment(request) else "parties/filter.html", context)


@require_GET
def search(request: StaffRequest) -> HttpResponse:
    """Everything found for a word, on a page of its own."""
    text = request.GET.get("q", "")[:120]
    found = search_parties(request.principal, text, limit=50)
    columns = PARTY_COLUMNS.chosen(PARTY_COLUMNS.known_to(request.principal), "")
    return render(
        request, "parties/search.html", {"q": text, "rows": rows_of(request.principal, found), "columns": columns}
    )


@require_GET
def suggest(request: StaffRequest) -> HttpResponse:
    """The first few found while typing, for the search box and for choosing a party."""
    text, kind = request.GET.get("q", "")[:120], request.GET.get("kind", "")
    found = search_parties(request.principal, text, limit=8, kind=kind if kind in ("person", "organisation") else "")
    shown = relationships_shown(request.principal, found, in_short=True)
    rows = [(party, next(iter(shown.get(party.id, [])), None)) for party in found]
    return render(request, "parties/_suggestions.html", {"rows": rows, "q": text, "choose": request.GET.get("choose")})


def _conditions(request: StaffRequest, principal: Principal) -> tuple[list[Chip], Tree | None]:
    chips: list[Chip] = []
    parts: list[Any] = []
    for name, field in PARTY_FILTERS.known_to(principal).items():
        values = [value for value in request.GET.getlist(name) if value][:20]
        if not values:
            continue
        if field.choices is None and ":" in values[0]:
            operator, value = values[0].split(":", 1)
            parts.append({"field": name, "op": operator, "value": value})
            chips.append(Chip(name, str(field.label), _period_words(values[0])))
        else:
            parts.append({"field": name, "op": "in", "value": values} if len(values) > 1 else _single(name, values))
            chips.append(Chip(name, str(field.label), _choice_words(field, principal, values)))
    written = parse(request.GET.get("filter", "")[:4000])
    if written:
        parts.append(written)
        chips.append(Chip("filter", _("Filter"), _("written")))
    return chips, {"and": parts} if parts else None


def _single(name: str, values: list[str]) -> Tree:
    return {"field": name, "op": "is", "value": values[0]}


def _choice_words(field: FilterField, principal: Principal, values: list[str]) -> str:
    labels = dict(field.choices(principal)) if field.choices else {}
    return _(" or ").join(labels.get(value, value) for value in values)


def _period_words(code: str) -> str:
    operator, _colon, value = code.partition(":")
    days = int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0
    if operator == "within-days":
        return ngettext("in the last %(n)s day", "in the last %(n)s days", days) % {"n": days}
    if operator == "older-than-days":
        return ngettext("none for %(n)s day", "none for %(n)s days", days) % {"n": days}
    return value


def _offered(request: StaffRequest, principal: Principal) -> list[dict[str, Any]]:
    known = PARTY_FILTERS.known_to(principal)
    found = []
    for name in OFFERED:
        choices = known[name].choices
        pairs = choices(principal) if choices else []
        if len(pairs) > 1:
            found.append({"field": known[name], "choices": pairs, "chosen": request.GET.getlist(name)})
    return found
