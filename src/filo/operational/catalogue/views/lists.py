"""The list of products, the form that narrows it, what is suggested, and the bin."""

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
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.catalogue.columns import PRODUCT_COLUMNS
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.many import acts_offered
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.finding import find_variants
from filo.operational.catalogue.queries.listing import (
    SORT_LABELS,
    count_of_products,
    find_products,
    page_of_products,
    products_found,
    rows_of,
)

LIST = "products"
QUICK = Quick(
    fields=("status", "category", "line", "condition", "in_stock", "company", "attribute"),
    periods={},
)
KEPT = ("sort", "columns", "view")
SIZE = 50


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The products one sees: rows, columns and order as the address says; those on sale at first."""
    principal = request.principal
    principal.require("product", "view")
    views = views_of(principal, LIST)
    if not request.GET:
        opening = opening_view(principal, views)
        return redirect(f"{request.path}?{address_of(opening) if opening else 'status=active'}")
    if "column" in request.GET:
        return redirect(f"{request.path}?{with_columns(request)}")
    tree = tree_of(request.GET, PRODUCT_FILTERS, principal)
    text, sort = request.GET.get("q", "")[:120], request.GET.get("sort", "name")
    found = find_products(principal, tree, text)
    page = page_of_products(found.rows, sort=sort, size=SIZE, cursor=request.GET.get("cursor", "")[:400])
    known = PRODUCT_COLUMNS.known_to(principal)
    columns = PRODUCT_COLUMNS.chosen(known, request.GET.get("columns", ""))
    context = {
        "text": text,
        "columns": columns,
        "headings": [heading_of(column, sort) for column in columns],
        "offered_columns": offered_columns(known, columns),
        "rows": rows_of(page.rows),
        "page": page,
        "count": count_of_products(found),
        "chips": removable_chips(request, tree, PRODUCT_FILTERS),
        "sorts": SORT_LABELS.items(),
        "sort_label": sort_label(SORT_LABELS, sort),
        "kept_parameters": kept_parameters(request),
        "acts": acts_offered(principal),
        "found_by": _shown_query(request),
        **tabs_of(request, views, _ready_views(), first=4),
    }
    template = "catalogue/_rows.html" if wants_fragment(request) and "typing" in request.GET else "catalogue/list.html"
    return render(request, template, context)


def _shown_query(request: StaffRequest) -> str:
    """What the list shows, as its address says it; not the page of it, nor that somebody is typing."""
    pairs = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    return urlencode([pair for pair in pairs if pair[0] not in ("cursor", "typing")])


def _ready_views() -> list[tuple[str, dict[str, str]]]:
    return [
        (pgettext("products", "On sale"), {"status": "active"}),
        (pgettext("products", "Low stock"), {"low": "yes"}),
        (pgettext("products", "Drafts"), {"status": "draft"}),
        (pgettext("products", "Not released"), {"reserved": "yes"}),
        (pgettext("products", "Limited editions"), {"condition": "limited"}),
        (pgettext("products", "Second-hand"), {"condition": "second-hand"}),
        (pgettext("products", "No longer sold"), {"status": "retired"}),
        (pgettext("products", "All"), {"view": "all"}),
    ]


@require_GET
def filter_form(request: StaffRequest) -> HttpResponse:
    """What the list may be narrowed by: opened for an address, drawn again at each button, and gone to at the last."""
    principal = request.principal
    principal.require("product", "view")
    if "built" in request.GET:
        builder = typed(request.GET, PRODUCT_FILTERS, principal, QUICK)
    else:
        tree = tree_of(request.GET, PRODUCT_FILTERS, principal)
        builder = opened(tree, PRODUCT_FILTERS, principal, QUICK, request.GET.get("at", ""))
    context = _filter_context(request, builder)
    if request.GET.get("do") == "show":
        try:
            return _shown(request, builder.address())
        except BadRequest as refused:
            context["refusal"] = str(refused)
    status = 422 if builder.wrong or context["refusal"] else 200
    template = "lists/_filter.html" if wants_fragment(request) else "catalogue/filter.html"
    return render(request, template, context, status=status)


def _shown(request: StaffRequest, address: list[tuple[str, str]] | None) -> HttpResponse:
    """The list, with what else its address held; the form again where a condition is wrong."""
    if address is None:
        raise BadRequest(_("Complete the conditions first."), code="bad-filter")
    words = [("q", request.GET["q"][:120])] if request.GET.get("q") else []
    pairs = [*words, *address, *_kept(request)]
    target = reverse("catalogue:list") + f"?{urlencode(pairs) if pairs else 'view=all'}"
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
    fields = sorted(((name, str(found.label)) for name, found in builder.known.items()), key=lambda pair: pair[1])
    return {
        "address": reverse("catalogue:filter"),
        "builder": builder,
        "text": request.GET.get("q", "")[:120],
        "offered": offered,
        "fields": fields,
        "kept": _kept(request),
        "refusal": "",
    }


@require_GET
def suggest(request: StaffRequest) -> HttpResponse:
    """Products (or `what=variants`) that somebody who types may mean."""
    principal = request.principal
    principal.require("product", "view")
    text = request.GET.get("q", "")[:120]
    if request.GET.get("what") == "variants":
        return render(request, "catalogue/_suggest_variants.html", {"found": find_variants(principal, text)})
    found = products_found(principal, None, text).for_list().order_by("folded", "pk")[:8] if text.strip() else []  # type: ignore[attr-defined]
    return render(request, "catalogue/_suggest.html", {"found": found})


@require_GET
def bin(request: StaffRequest) -> HttpResponse:
    """What was thrown away, with the way back."""
    request.principal.require("product", "delete")
    rows = Product.objects.in_the_bin(request.principal).order_by("-deleted_at")[:200]
    return render(request, "catalogue/bin.html", {"products": rows})
