"""News that could not be handed over: what a part of Filo failed on too often."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from filo.foundation.errors import BadRequest
from filo.foundation.events.deliveries import deliver_again, parked_deliveries
from filo.foundation.web.paging import Key, page_of
from filo.foundation.web.requests import StaffRequest
from filo.foundation.work.queries import PAGE_SIZE

NEWEST_FIRST = (Key("id", descending=True),)
MOST_AT_ONCE = 1_000


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list, newest first."""
    found = parked_deliveries(request.principal)
    page = page_of(found, NEWEST_FIRST, size=PAGE_SIZE, cursor=request.GET.get("cursor", "")[:400])
    may_mend = request.principal.may("settings", "edit")
    return render(request, "work/deliveries.html", {"page": page, "may_mend": may_mend})


@require_POST
def again(request: StaffRequest) -> HttpResponse:
    """One, or all, handed over once more."""
    request.principal.require("settings", "edit")
    asked = request.POST.get("delivery", "")
    if asked == "all":
        ids = list(parked_deliveries(request.principal).order_by("id").values_list("pk", flat=True)[:MOST_AT_ONCE])
    elif asked.isascii() and asked.isdigit() and len(asked) < 19:
        ids = [int(asked)]
    else:
        raise BadRequest
    number = deliver_again(request.principal, ids)
    told = ngettext("%(n)s is being handed over again.", "%(n)s are being handed over again.", number)
    messages.success(request, told % {"n": number})
    return redirect("work:deliveries")
