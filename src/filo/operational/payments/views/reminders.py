"""Whom to remind today: each letter as it would go, all of them with one press."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.parties.queries.naming import names_of
from filo.operational.payments.queries.reminding import letters_of_today
from filo.operational.payments.services.reminding import send_reminders


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """A preview of each; a POST sends those that are ticked."""
    request.principal.require("payment", "edit")
    if request.method == "POST":
        sent = send_reminders(request.principal, [asked_id(one) for one in request.POST.getlist("due")[:200]])
        messages.success(request, ngettext("%(n)s reminder sent.", "%(n)s reminders sent.", sent) % {"n": sent})
        return redirect("payments:reminders")
    letters = letters_of_today(request.principal)
    names = names_of(request.principal, {one.due.party_id for one in letters})
    rows = [(one, names.get(one.due.party_id, "")) for one in letters]
    return render(request, "payments/reminders.html", {"rows": rows})
