"""The form that narrows the list: quick choices and conditions, as a page and as a part of the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from filo.foundation.errors import BadRequest
from filo.foundation.filters.asking import tree_of
from filo.foundation.filters.builder import Builder, Quick, opened, typed
from filo.foundation.filters.words import Wording
from filo.foundation.web.requests import StaffRequest, wants_fragment
from filo.operational.parties.filters import PARTY_FILTERS

PERIODS = (
    "within-days:30",
    "within-days:90",
    "older-than-days:30",
    "older-than-days:60",
    "older-than-days:180",
)
QUICK = Quick(
    fields=("stage", "owner", "area", "company", "product_line", "channel", "unit", "kind", "province"),
    periods={"last_contact": PERIODS},
)
KEPT = ("sort", "columns", "view")


@require_GET
def filter_form(request: StaffRequest) -> HttpResponse:
    """What the list may be narrowed by: opened for an address, drawn again at each button, and gone to at the last."""
    principal = request.principal
    principal.require("party", "view")
    if "built" in request.GET:
        builder = typed(request.GET, PARTY_FILTERS, principal, QUICK)
    else:
        tree = tree_of(request.GET, PARTY_FILTERS, principal)
        builder = opened(tree, PARTY_FILTERS, principal, QUICK, request.GET.get("at", ""))
    context = _context(request, builder)
    if request.GET.get("do") == "show":
        try:
            address = builder.address()
        except BadRequest as refused:
            address, context["refusal"] = None, str(refused)
        if address is not None:
            return _shown(request, address)
    status = 422 if builder.wrong or context["refusal"] else 200
    return render(
        request, "parties/_filter.html" if wants_fragment(request) else "parties/filter.html", context, status=status
    )


def _shown(request: StaffRequest, address: list[tuple[str, str]]) -> HttpResponse:
    """The list, with what else its address held."""
    words = [("q", request.GET["q"][:120])] if request.GET.get("q") else []
    pairs = words + address + _kept(request)
    target = reverse("parties:list") + (f"?{urlencode(pairs)}" if pairs else "")
    if wants_fragment(request):
        return HttpResponse(headers={"HX-Redirect": target})
    return HttpResponseRedirect(target)


def _kept(request: StaffRequest) -> list[tuple[str, str]]:
    return [(name, value) for name in KEPT for value in request.GET.getlist(name) if value]


def _context(request: StaffRequest, builder: Builder) -> dict[str, Any]:
    known = builder.known
    return {
        "builder": builder,
        "text": request.GET.get("q", "")[:120],
        "offered": _offered(builder),
        "periods": _periods(builder),
        "last_contact": builder.quick.get("last_contact", [""])[0],
        "province": builder.quick.get("province", [""])[0],
        "fields": sorted(((name, str(found.label)) for name, found in known.items()), key=_by_label),
        "kept": _kept(request),
        "refusal": "",
    }


def _by_label(pair: tuple[str, str]) -> str:
    return pair[1].casefold()


def _offered(builder: Builder) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for name in QUICK.fields:
        field = builder.known.get(name)
        pairs = builder.choices(name)
        if len(pairs) > 1:
            found.append({"field": field, "choices": pairs, "chosen": builder.quick.get(name, [])})
    return found


def _periods(builder: Builder) -> list[tuple[str, str]]:
    wording = Wording(builder.known, builder.principal)
    pairs = [code.split(":") for code in PERIODS]
    nodes = [{"field": "last_contact", "op": operator, "value": days} for operator, days in pairs]
    return [(code, wording.of(node)[1]) for code, node in zip(PERIODS, nodes, strict=True)]
