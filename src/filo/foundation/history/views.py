"""All changes, for administrators; and the way back from one, for whoever may go it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from filo.foundation import clock
from filo.foundation.audit.chain import chain_state, check_chain
from filo.foundation.audit.exporting import lines
from filo.foundation.audit.showing import known_doors, known_kinds
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.audit.undoing import Undone
from filo.foundation.errors import BadRequest
from filo.foundation.history.filters import narrowing_in
from filo.foundation.history.queries import all_changes, people_who_change, require_all_changes
from filo.foundation.history.services import note_export, take_back
from filo.foundation.web.requests import StaffRequest

FORMS = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}


@require_POST
def undo(request: StaffRequest, operation_id: UUID) -> HttpResponse:
    """Taken back, as far as it is still as it was left; with a way back from that, too."""
    done = take_back(request.principal, operation_id, only=_only(request))
    back = _next(request)
    if not isinstance(done, Undone):
        messages.info(request, _("It is being taken back: see how far it is under your work."))
    elif done.taken:
        messages_with_undo(request, done.sentence_with_names, done.operation, back)
    else:
        messages.warning(request, done.sentence_with_names)
    return redirect(back)


def _only(request: StaffRequest) -> list[UUID]:
    """The things that the form names. Raises `BadRequest`."""
    try:
        return [UUID(text) for text in request.POST.getlist("only")]
    except ValueError:
        raise BadRequest(_("This is no address of a thing.")) from None


def _next(request: StaffRequest) -> str:
    """Where the form says, else where one was, else the first page."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    if asked and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    was = request.headers.get("Referer", "")
    here = url_has_allowed_host_and_scheme(was, allowed_hosts={request.get_host()})
    return was if was and here else "/"


@require_GET
def audit(request: StaffRequest) -> HttpResponse:
    """Everybody's changes, newest first, and how the chain over them stands."""
    asked = narrowing_in(request.GET)
    found = all_changes(request.principal, asked, cursor=request.GET.get("cursor", "")[:400])
    context = {
        "page": found.page,
        "acts": found.acts,
        "asked": asked,
        "people": people_who_change(),
        "kinds": known_kinds(),
        "doors": known_doors(),
        "chain": chain_state(),
    }
    return render(request, "history/audit.html", context)


@require_POST
def export(request: StaffRequest) -> HttpResponseBase:
    """What is shown, as a file; that it was taken out is itself kept."""
    asked = narrowing_in(request.POST)
    form = "jsonl" if request.POST.get("form") == "jsonl" else "csv"
    note_export(request.principal, asked, form)
    rows = asked.rows(request.principal.time_zone).order_by("at", "id")
    response = StreamingHttpResponse(lines(rows, form), content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="filo-audit-{clock.today():%Y-%m-%d}.{form}"'
    return response


@require_POST
def check(request: StaffRequest) -> HttpResponse:
    """Go through the whole chain now."""
    require_all_changes(request.principal)
    found = check_chain()
    if found.flaw:
        messages.error(request, _("The chain is broken."))
    else:
        messages.success(request, _("Nothing that was sealed has been changed."))
    return redirect("history:audit")
