"""All back offices, and one as it is connected."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.collaborative.connectors.contract import NotConnected
from filo.collaborative.connectors.forms import ConnectionForm
from filo.collaborative.connectors.kinds.finding import all_kinds
from filo.collaborative.connectors.models import Conflict, Connection, SyncRun
from filo.collaborative.connectors.queries import exchanges_counted, seen_connection
from filo.collaborative.connectors.services import connecting as verbs
from filo.collaborative.connectors.services import exchanges as on_request
from filo.collaborative.connectors.services.exchanges import SwitchedOff
from filo.collaborative.connectors.subjects.base import all_subjects
from filo.foundation.web.requests import StaffRequest

RUNS_SHOWN = 20


@require_GET
def connections(request: StaffRequest) -> HttpResponse:
    """Each with how it stands."""
    request.principal.require("settings", "view")
    found = Connection.objects.visible_to(request.principal).annotate(
        open_conflicts=Count("exchanges__conflicts", Q(exchanges__conflicts__state="open"), distinct=True),
        open_rejected=Count("exchanges__rejected", Q(exchanges__rejected__ended_at=None), distinct=True),
    )
    context = {
        "connections": list(found),
        "kinds": {code: kind.label for code, kind in all_kinds().items()},  # a class would be called by a template
        "conflicts": Conflict.objects.filter(state="open").count(),
    }
    return render(request, "connectors/connections.html", context)


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest, kind: str) -> HttpResponse:
    """One more, of a kind."""
    request.principal.require("settings", "edit")
    if kind not in all_kinds():
        return redirect("connectors:connections")
    form = ConnectionForm(request.POST or None, kind=all_kinds()[kind])
    made: list[Connection] = []
    if request.method == "POST" and form.is_valid():
        add = verbs.add_connection
        if form.done(lambda: made.append(add(request.principal, kind=kind, **form.verb_facts))):
            messages.success(request, _("%(name)s is connected.") % {"name": made[0].name})
            return redirect("connectors:connection", made[0].pk)
    context = {"form": form, "kind": all_kinds()[kind].label}
    return render(request, "connectors/connection.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def connection(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """One of them: what is exchanged, what came of it, and how it is connected."""
    request.principal.require("settings", "view")
    found = seen_connection(request.principal, connection_id)
    initial = {name: getattr(found, name) for name in (*verbs.PLAIN, "version")} | found.given
    kind = all_kinds()[found.kind]
    form = ConnectionForm(request.POST or None, kind=kind, has_secret=bool(found.sealed_secret), initial=initial)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        edit = verbs.edit_connection
        if form.done(lambda: edit(request.principal, found, version=version, **form.verb_facts)):
            messages.success(request, _("Saved."))
            return redirect("connectors:connection", found.pk)
    context = {"form": form, "connection": found, "kind": kind.label, **_told(found)}
    return render(request, "connectors/connection.html", context, status=form.status)


def _told(found: Connection) -> dict[str, object]:
    exchanges = list(exchanges_counted().filter(connection=found))
    subjects = all_subjects()
    runs = SyncRun.objects.filter(exchange__connection=found).select_related("exchange")[:RUNS_SHOWN]
    return {
        "exchanges": [(subjects[one.subject], one) for one in exchanges if one.subject in subjects],
        "runs": [(subjects[run.exchange.subject], run) for run in runs if run.exchange.subject in subjects],
    }


@require_POST
def exchange_now(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Without waiting for the clock."""
    request.principal.require("settings", "edit")
    found = seen_connection(request.principal, connection_id)
    try:
        on_request.exchange_now(request.principal, found)
        messages.success(request, _("The exchange has begun; what came of it stands below in a moment."))
    except SwitchedOff as error:
        messages.error(request, str(error))
    return redirect("connectors:connection", found.pk)


@require_POST
def try_out(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Whether it is there."""
    found = seen_connection(request.principal, connection_id)
    try:
        messages.success(request, verbs.try_connection(request.principal, found))
    except NotConnected as error:
        messages.error(request, str(error))
    return redirect("connectors:connection", found.pk)


@require_POST
def switch_off(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """No more exchanges, with a way back."""
    found = verbs.switch_connection(request.principal, seen_connection(request.principal, connection_id), on=False)
    undo = reverse("connectors:switch-on", args=[found.pk])
    messages.success(request, _("%(name)s is switched off.") % {"name": found.name}, extra_tags=undo)
    return redirect("connectors:connection", found.pk)


@require_POST
def switch_on(request: StaffRequest, connection_id: UUID) -> HttpResponse:
    """Exchanges again."""
    found = verbs.switch_connection(request.principal, seen_connection(request.principal, connection_id), on=True)
    messages.success(request, _("%(name)s is switched on.") % {"name": found.name})
    return redirect("connectors:connection", found.pk)
