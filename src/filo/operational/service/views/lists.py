"""The list of requests, and the form that narrows it."""

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
from filo.operational.service.columns import TICKET_COLUMNS
from filo.operational.service.filters import TICKET_FILTERS
from filo.operational.service.queries.listing import SORT_LABELS, page_of_tickets, rows_of, tickets_found

LIST = "tickets"
QUICK = Quick(fields=("open", "state", "late", "type", "priority", "group", "assignee", "waiting_on"), periods={})
KEPT = ("sort", "columns", "view")
SIZE = 50


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The requests one sees: rows, columns and order as the address says; those of one's own day at first."""
    principal = request.principal
    principal.require("ticket", "view")
    views = views_of(principal, LIST)
    if not request.GET:
        opening = opening_view(principal, views)
        return redirect(f"{request.path}?{address_of(opening) if opening else 'open=yes'}")
    if "column" in request.GET:
        return redirect(f"{request.path}?{with_columns(request)}")
    tree = tree_of(request.GET, TICKET_FILTERS, principal)
    text, sort = request.GET.get("q", "")[:120], request.GET.get("sort", "due")
    found = tickets_found(principal, tree, text)
    page = page_of_tickets(found, sort=sort, size=SIZE, cursor=request.GET.get("cursor", "")[:400])
    known = TICKET_COLUMNS.known_to(principal)
    columns = TICKET_COLUMNS.chosen(known, request.GET.get("columns", ""))
    context = {
        "text": text,
        "columns": columns,
        "headings": [heading_of(column, sort) for column in columns],
        "offered_columns": offered_columns(known, columns),
        "rows": rows_of(principal, page.rows),
        "page": page,
        "count": capped_count(found),
        "chips": removable_chips(request, tree, TICKET_FILTERS),
        "sorts": SORT_LABELS.items(),
        "sort_label": sort_label(SORT_LABELS, sort),
        "kept_parameters": kept_parameters(request),
        **tabs_of(request, views, _ready_views(), first=4),
    }
    return render(request, "service/list.html", context)


def _ready_views() -> list[tuple[str, dict[str, str]]]:
    return [
        (pgettext("requests", "Open"), {"open": "yes"}),
        (pgettext("requests", "Mine"), {"open": "yes", "assignee": "me"}),
        (pgettext("requests", "My groups"), {"open": "yes", "group": "mine"}),
        (pgettext("requests", "Nobody's"), {"open": "yes", "assignee": "none"}),
        (pgettext("requests", "Late"), {"late": "yes"}),
        (_("A person is wanted"), {"open": "yes", "wants_person": "yes"}),
        (_("Complaints"), {"type": "complaint"}),
        (pgettext("requests", "All"), {"view": "all"}),
    ]


@require_GET
def filter_form(request: StaffRequest) -> HttpResponse:
    """What the list may be narrowed by: opened for an address, drawn again at each button, and gone to at the last."""
    principal = request.principal
    principal.require("ticket", "view")
    if "built" in request.GET:
        builder = typed(request.GET, TICKET_FILTERS, principal, QUICK)
    else:
        tree = tree_of(request.GET, TICKET_FILTERS, principal)
        builder = opened(tree, TICKET_FILTERS, principal, QUICK, request.GET.get("at", ""))
    context = _filter_context(request, builder)
    if request.GET.get("do") == "show":
        try:
            return _shown(request, builder.address())
        except BadRequest as refused:
            context["refusal"] = str(refused)
    status = 422 if builder.wrong or context["refusal"] else 200
    template = "lists/_filter.html" if wants_fragment(request) else "service/filter.html"
    return render(request, template, context, status=status)


def _shown(request: StaffRequest, address: list[tuple[str, str]] | None) -> HttpResponse:
    """The list, with what else its address held; the form again where a condition is wrong."""
    if address is None:
        raise BadRequest(_("Complete the conditions first."), code="bad-filter")
    words = [("q", request.GET["q"][:120])] if request.GET.get("q") else []
    pairs = [*words, *address, *_kept(request)]
    target = reverse("service:list") + f"?{urlencode(pairs) if pairs else 'view=all'}"
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
        "address": reverse("service:filter"),
        "builder": builder,
        "text": request.GET.get("q", "")[:120],
        "offered": offered,
        "fields": fields,
        "kept": _kept(request),
        "refusal": "",
    }


def _by_label(pair: tuple[str, str]) -> str:
    return pair[1].casefold()
