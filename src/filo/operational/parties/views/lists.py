"""The list of customers, search, and what is offered while typing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from filo.foundation.access.principal import Principal
from filo.foundation.filters.fields import FilterField
from filo.foundation.filters.tree import Tree, parse
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.queries.find import relationships_shown, search_parties
from filo.operational.parties.queries.listing import PartyListing
from filo.operational.parties.queries.lists import (
    SORT_LABELS,
    ListQuery,
    rows_of,
)

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
    """The customers one sees, narrowed, sorted, fifty at a time."""
    principal = request.principal
    principal.require("party", "view")
    chips, tree = _conditions(request, principal)
    asked = ListQuery(
        text=request.GET.get("q", "")[:120],
        tree=tree,
        sort=request.GET.get("sort", "name"),
        cursor=request.GET.get("cursor", "")[:400],
    )
    listing = PartyListing(principal, asked)
    page = listing.page
    return render(
        request,
        "parties/list.html",
        {
            "asked": asked,
            "rows": rows_of(principal, page.rows),
            "page": page,
            "count": listing.count,
            "chips": chips,
            "narrowed": bool(chips or asked.text),
            "sorts": SORT_LABELS.items(),
            "sort_label": SORT_LABELS.get(asked.sort, SORT_LABELS["name"]),
            "views": _views(request),
        },
    )


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
    return render(request, "parties/search.html", {"q": text, "rows": rows_of(request.principal, found)})


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


def _views(request: StaffRequest) -> list[tuple[str, str, bool]]:
    """Ready views; one's own come with the workbench."""
    query = {name: value for name, value in request.GET.items() if name not in ("cursor", "sort")}
    ready = [
        ("", _("All"), {}),
        ("?owner=me", _("Mine"), {"owner": "me"}),
        ("?stage=customer", _("Customers"), {"stage": "customer"}),
        ("?stage=prospect&stage=lead", _("To win"), {"stage": "lead"}),
        (
            "?last_contact=older-than-days:60",
            _("No contact for 60 days"),
            {"last_contact": "older-than-days:60"},
        ),
    ]
    return [(url or request.path, label, query == wanted) for url, label, wanted in ready]
