"""Deliveries that wait are billed: a deferred invoice for each customer and month, with one click."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.invoices.queries.deliveries import MOST, deliveries_waiting, together, waiting
from filo.operational.invoices.services.deliveries import bill_deliveries
from filo.operational.orders.models import Shipment
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.naming import names_of


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """What waits by customer and month; those that are ticked become drafts, or of them one invoice's alone."""
    request.principal.require("invoice", "create")
    return _bill(request) if request.method == "POST" else _page(request)


def _page(request: StaffRequest) -> HttpResponse:
    principal, wanted = request.principal, request.GET.get("party", "")
    party = seen_party(principal, asked_id(wanted)) if wanted else None
    narrowed: dict[str, Any] = {"party": party.id} if party else {"private": request.GET.get("who") == "private"}
    groups = waiting(principal, **narrowed)
    shown = sum(len(group.deliveries) for group in groups)
    names = names_of(principal, {group.common.party for group in groups})
    context = {
        "party": party,
        "groups": [(group, names.get(group.common.party)) for group in groups],
        "count": shown,
        "private": narrowed.get("private"),
        "more": shown == MOST and deliveries_waiting(principal, **narrowed).count() - MOST,
        "several": len({group.common.company for group in groups}) > 1,
    }
    return render(request, "invoices/deliveries.html", context)


def _bill(request: StaffRequest) -> HttpResponse:
    """One draft is opened; several are listed."""
    try:
        made, operation = bill_deliveries(request.principal, _chosen(request))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(request.get_full_path())
    told = ngettext("%(n)s draft is written.", "%(n)s drafts are written.", len(made)) % {"n": len(made)}
    messages_with_undo(request, told, operation, request.get_full_path())
    if len(made) == 1:
        return redirect("invoices:invoice", made[0].id)
    return redirect(f"{reverse('invoices:list')}?view=draft")


def _chosen(request: StaffRequest) -> list[Shipment]:
    """What is ticked; where one invoice's are asked for, what is ticked of those, or all of them."""
    asked = [asked_id(one) for one in request.POST.getlist("shipment")]
    rows = Shipment.objects.visible_to(request.principal).filter(pk__in=asked).order_by("shipped_at", "id")
    ticked = list(rows.select_related("order__party", "order__bill_party", "order__company"))
    if not (only := request.POST.get("only", "")):
        return ticked
    mine = [one for one in ticked if together(one).name == only]
    return mine or [one for one in deliveries_waiting(request.principal) if together(one).name == only]
