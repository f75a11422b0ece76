"""The list of deals, the form that narrows it, and the bin."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from filo.foundation.errors import BadRequest
from filo.foundation.filters.asking import tree_of
from filo.foundation.filters.builder import Builder, Quick, opened, typed
from filo.foundation.lists.frame import (
    heading_of,
    kept_parameters,
    offered_columns,
    removable_chips,
    sort_label,
    with_columns,
)
from filo.foundation.lists.queries import address_of, opening_view, views_of
from filo.foundation.lists.tabs import tabs_of
from filo.foundation.web.paging import capped_count
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.deals.act_forms import HandOverForm
from filo.operational.deals.columns import DEAL_COLUMNS
from filo.operational.deals.filters import DEAL_FILTERS
from filo.operational.deals.queries.listing import SORT_LABELS, deals_found, deals_in_bin, page_of_deals, rows_of

LIST = "deals"
QUICK = Quick(fields=("state", "pipeline", "stage", "owner", "stale", "no_step", "company", "area"), periods={})
KEPT = ("sort", "columns", "view")
SIZE = 50


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The deals one sees: rows, columns and order as the address says; the open ones at first."""
    principal = request.principal
    principal.require("deal", "view")
    views = views_of(principal, LIST)
    if not request.GET:
        opening = opening_view(principal, views)
        return redirect(f"{request.path}?{address_of(opening) if opening else 'state=open'}")
    if "column" in request.GET:
        return redirect(f"{request.path}?{with_columns(request)}")
    tree = tree_of(request.GET, DEAL_FILTERS, principal)
    text, sort = request.GET.get("q", "")[:120], request.GET.get("sort", "close")
    found = deals_found(principal, tree, text)
    page = page_of_deals(found, sort=sort, size=SIZE, cursor=request.GET.get("cursor", "")[:400])
    known = DEAL_COLUMNS.known_to(principal)
    columns = DEAL_COLUMNS.chosen(known, request.GET.get("columns", ""))
    context = {
        "text": text,
        "columns": columns,
        "headings": [heading_of(column, sort) for column in columns],
        "offered_columns": offered_columns(known, columns),
        "rows": rows_of(principal, page.rows),
        "page": page,
        "count": capped_count(found),
        "chips": removable_chips(request, tree, DEAL_FILTERS),
        "sorts": SORT_LABELS.items(),
        "sort_label": sort_label(SORT_LABELS, sort),
        "kept_parameters": kept_parameters(request),
        "hand_over": HandOverForm() if principal.may("deal", "assign") else None,
        **tabs_of(request, views, _ready_views(), first=4),
    }
    return render(request, "deals/list.html", context)


def _ready_views() -> list[tuple[str, dict[str, str]]]:
    return [
        (pgettext("deals", "Open"), {"state": "open"}),
        (pgettext("deals", "Mine"), {"state": "open", "owner": "me"}),
        (_("Without a next step"), {"no_step": "yes"}),
        (_("Standing still"), {"stale": "yes"}),
        (_("To close this month"), {"state": "open", "close": "this-month:"}),
        (pgettext("deals", "Nobody's"), {"state": "open", "owner": "none"}),
        (pgettext("deals", "Won"), {"state": "won", "sort": "-close"}),
        (pgettext("deals", "Lost"), {"state": "lost", "sort": "-close"}),
        (pgettext("deals", "All"), {"view": "all"}),
    ]


@require_GET
def in_bin(request: StaffRequest) -> HttpResponse:
    """What was thrown away lately, to be brought back."""
    request.principal.require("deal", "view")
    return render(request, "deals/bin.html", {"rows": deals_in_bin(request.principal)})


@require_GET
def filter_form(request: StaffRequest) -> HttpResponse:
    """What the list may be narrowed by: opened for an address, drawn again at each button, and gone to at the last."""
    principal = request.principal
    principal.require("deal", "view")
    if "built" in request.GET:
        builder = typed(request.GET, DEAL_FILTERS, principal, QUICK)
    else:
        tree = tree_of(request.GET, DEAL_FILTERS, principal)
        builder = opened(tree, DEAL_FILTERS, principal, QUICK, request.GET.get("at", ""))
    context = _filter_context(request, builder)
    if request.GET.get("do") == "show":
        try:
            return _shown(request, builder.address())
        except BadRequest as refused:
            context["refusal"] = str(refused)
    status = 422 if builder.wrong or context["refusal"] else 200
    template = "lists/_filter.html" if wants_fragment(request) else "deals/filter.html"
    return render(request, template, context, status=status)


def _shown(request: StaffRequest, address: list[tuple[str, str]] | None) -> HttpResponse:
    """The list, with what else its address held; the form again where a condition is wrong."""
    if address is None:
        raise BadRequest(_("Complete the conditions first."), code="bad-filter")
    words = [("q", request.GET["q"][:120])] if request.GET.get("q") else []
    pairs = [*words, *address, *_kept(request)]
    target = reverse("deals:list") + f"?{urlencode(pairs) if pairs else 'view=all'}"
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _kept(request: StaffRequest) -> list[tuple[str, str]]:
    return [(name, value) for name in KEPT for value in request.GET.getlist(name) if value]


def _filter_context(request: StaffRequest, builder: Builder) -> dict[str, Any]:
    offered = [
        {"field": builder.known[name], "choices": builder.choices(name), "chosen": builder.quick.get(name, [])}
        for name in QUICK.fields
        if name in builder.known and len(builder.choices(name)) > 1
    ]
    fields = sorted(((name, str(found.label)) for name, found in builder.known.items()), key=_by_label)
    return {
        "address": reverse("deals:filter"),
        "builder": builder,
        "text": request.GET.get("q", "")[:120],
        "offered": offered,
        "fields": fields,
        "kept": _kept(request),
        "refusal": "",
    }


def _by_label(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
