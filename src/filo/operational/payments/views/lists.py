"""The list of what is owed, by its age, and the list of payments."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from filo.foundation.filters.asking import tree_of
from filo.foundation.filters.fields import FilterSet
from filo.foundation.filters.tree import Tree
from filo.foundation.lists.frame import removable_chips
from filo.foundation.web.paging import capped_count
from filo.foundation.web.requests import StaffRequest
from filo.operational.payments.filters import AGE_LABELS, DUE_FILTERS, PAYMENT_FILTERS
from filo.operational.payments.queries.listing import (
    ages_of,
    debtors,
    dues_found,
    named,
    page_of_dues,
    page_of_payments,
    payments_found,
)

SIZE = 50


@require_GET
def dues(request: StaffRequest) -> HttpResponse:
    """What is owed: how old it is, who owes it, and each due; what is open at first."""
    request.principal.require("payment", "view")
    if not request.GET:
        return redirect(f"{request.path}?open=yes")
    tree, text = _asked(request, DUE_FILTERS)
    found = dues_found(request.principal, tree, text)
    page = page_of_dues(found, sort=request.GET.get("sort", "due_on"), size=SIZE, cursor=_cursor(request))
    context = {
        "ages": ages_of(found),
        "debtors": debtors(request.principal, found),
        "rows": named(request.principal, page.rows),
        "age_labels": AGE_LABELS,
        "page": page,
        "count": capped_count(found),
        **_frame(request, tree, DUE_FILTERS, text),
    }
    return render(request, "payments/dues.html", context)


@require_GET
def payments(request: StaffRequest) -> HttpResponse:
    """What came in and left, the latest first."""
    request.principal.require("payment", "view")
    tree, text = _asked(request, PAYMENT_FILTERS)
    found = payments_found(request.principal, tree, text)
    page = page_of_payments(found, sort=request.GET.get("sort", "-paid_on"), size=SIZE, cursor=_cursor(request))
    context = {
        "rows": named(request.principal, page.rows),
        "page": page,
        "count": capped_count(found),
        **_frame(request, tree, PAYMENT_FILTERS, text),
    }
    return render(request, "payments/list.html", context)


def _asked(request: StaffRequest, filters: FilterSet) -> tuple[Tree | None, str]:
    return tree_of(request.GET, filters, request.principal), request.GET.get("q", "")[:120]


def _cursor(request: StaffRequest) -> str:
    return request.GET.get("cursor", "")[:400]


def _frame(request: StaffRequest, tree: Tree | None, filters: FilterSet, text: str) -> dict[str, Any]:
    return {"chips": removable_chips(request, tree, filters), "text": text}
