"""One subject of a back office: its columns and owners, rows that were refused, both sides compared; disagreements."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.connectors.contract import NotConnected
from filo.collaborative.connectors.forms import ExchangeForm
from filo.collaborative.connectors.models import Conflict, Exchange, RejectedRow
from filo.collaborative.connectors.queries import reconciled, seen_exchange
from filo.collaborative.connectors.services.disagreeing import AlreadyDecided, decide
from filo.collaborative.connectors.services.exchanges import set_exchange
from filo.collaborative.connectors.services.putting_away import put_away
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation.errors import DomainError, InvalidFields, NotFound
from filo.foundation.web.requests import StaffRequest

MOST_SHOWN = 100


@require_http_methods(["GET", "POST"])
def exchange(request: StaffRequest, connection_id: UUID, subject: str) -> HttpResponse:
    """What comes from where, whose values hold, and what was refused."""
    found = _seen(request, connection_id, subject)
    form = ExchangeForm(request.POST or None, subject=all_subjects()[subject], exchange=found)
    status = 200
    if request.method == "POST":
        request.principal.require("settings", "edit")
        status = 422
        if form.is_valid():
            try:
                active = form.cleaned_data["active"]
                set_exchange(request.principal, found, active=active, columns=form.columns, owners=form.owners)
            except InvalidFields as error:
                form.refuse(error)
            else:
                messages.success(request, _("Saved."))
                return redirect("connectors:exchange", connection_id, subject)
    rejected = RejectedRow.objects.filter(exchange=found, ended_at=None)[: MOST_SHOWN + 1]
    context = {"exchange": found, "subject": all_subjects()[subject], "form": form, "rejected": list(rejected)}
    return render(request, "connectors/exchange.html", context, status=status)


@require_GET
def compare(request: StaffRequest, connection_id: UUID, subject: str) -> HttpResponse:
    """Both sides counted, summed up and compared row by row."""
    found = _seen(request, connection_id, subject)
    told, because = None, ""
    try:
        told = reconciled(request.principal, found)
    except NotConnected as error:
        because = str(error)
    fields = {one.name: one.label for one in all_subjects()[subject].fields}
    context = {"exchange": found, "subject": all_subjects()[subject], "told": told, "because": because}
    if told is not None:
        context["sums"] = [
            (fields[name], told.ours.sums[name], told.theirs.sums.get(name))
            for name in told.ours.sums
            if name in fields
        ]
        context["rows"] = [
            (one, [(fields.get(name, name), ours, theirs) for name, (ours, theirs) in one.fields.items()])
            for one in told.differing
        ]
    return render(request, "connectors/compare.html", context)


@require_POST
def put_row_away(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """Nothing is to be done about a refused row."""
    row = put_away(request.principal, row_id)
    messages.success(request, _("Put away."))
    return redirect("connectors:exchange", row.exchange.connection_id, row.exchange.subject)


@require_GET
def conflicts(request: StaffRequest) -> HttpResponse:
    """Every value that both sides changed."""
    request.principal.require("settings", "view")
    found = Conflict.objects.filter(state="open").select_related("exchange__connection")[: MOST_SHOWN + 1]
    subjects = all_subjects()
    rows = [
        (one, subjects[one.exchange.subject].label, _label(one)) for one in found if one.exchange.subject in subjects
    ]
    return render(request, "connectors/conflicts.html", {"rows": rows[:MOST_SHOWN], "more": len(rows) > MOST_SHOWN})


@require_POST
def settle(request: StaffRequest, conflict_id: UUID, whose: str) -> HttpResponse:
    """One side's value holds."""
    request.principal.require("settings", "edit")
    found = Conflict.objects.filter(pk=conflict_id).first()
    if found is None or whose not in ("ours", "theirs"):
        raise NotFound
    try:
        decide(request.principal, found, whose=whose)
    except AlreadyDecided as error:
        messages.info(request, str(error))
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Decided."))
    return redirect("connectors:conflicts")


def _label(conflict: Conflict) -> str:
    fields = {one.name: str(one.label) for one in all_subjects()[conflict.exchange.subject].fields}
    return fields.get(conflict.field, conflict.field)


def _seen(request: StaffRequest, connection_id: UUID, subject: str) -> Exchange:
    request.principal.require("settings", "view")
    return seen_exchange(request.principal, connection_id, subject)
