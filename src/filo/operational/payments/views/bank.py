"""Files of banks: read in, and their lines matched one key at a time."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import BadRequest, DomainError, InvalidFields
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.payments.bank.reading import MOST_BYTES
from filo.operational.payments.forms import BankFileForm
from filo.operational.payments.models import BankFile
from filo.operational.payments.queries.lines import account_for, lines_of
from filo.operational.payments.queries.listing import dues_found, seen_bank_file, seen_due
from filo.operational.payments.services.banking import (
    accept_lines,
    ignore_line,
    import_bank_file,
    match_line_with,
    reopen_line,
)

STATES = ("proposed", "unknown", "matched", "ignored")


@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The files so far, and one more."""
    request.principal.require("payment", "import")
    form = BankFileForm(request.principal, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data["file"]
        try:
            found = import_bank_file(
                request.principal,
                form.cleaned_data["company"],
                name=given.name,
                content=given.read(MOST_BYTES + 1),
            )
            return redirect("payments:bank-file", found.pk)
        except InvalidFields as error:
            form.refuse(error)
    files = BankFile.objects.visible_to(request.principal).select_related("company", "created_by")[:50]
    return render(request, "payments/bank.html", {"form": form, "files": files}, status=422 if form.errors else 200)


@require_GET
def file(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Its lines: those that a person should look at first."""
    request.principal.require("payment", "import")
    found = seen_bank_file(request.principal, file_id)
    account = account_for(found)
    usual = "proposed" if account.proposed else "unknown" if account.unknown else "matched"
    state = request.GET.get("state", usual)
    if state not in STATES:
        raise BadRequest
    text = request.GET.get("q", "")[:80]
    line = request.GET.get("line", "")
    context = {
        "file": found,
        "account": account,
        "state": state,
        "rows": lines_of(request.principal, found, state),
        "text": text,
        "line": line,
        "offered": _offered(request, found, text) if line else [],
    }
    return render(request, "payments/bank_file.html", context)


def _offered(request: StaffRequest, found: BankFile, text: str) -> list[object]:
    rows = dues_found(request.principal, None, text).filter(settled_on=None, company=found.company_id)
    return list(rows.select_related("party").order_by("due_on", "id")[:30])


@require_POST
def act(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Accept one or many proposals, leave a line aside, say what it pays, take it back."""
    principal = request.principal
    found = seen_bank_file(principal, file_id)
    wanted = request.POST.get("do", "")
    verb, _colon, only = wanted.partition(":")
    ids = [asked_id(only)] if only else [asked_id(one) for one in request.POST.getlist("line")]
    try:
        if verb == "accept":
            done = accept_lines(principal, found, ids)
            messages.success(request, ngettext("%(n)s line matched.", "%(n)s lines matched.", done) % {"n": done})
        elif verb == "ignore":
            for one in ids:
                ignore_line(principal, found, one)
            messages.success(request, _("Left aside."))
        elif verb == "reopen":
            for one in ids:
                reopen_line(principal, found, one)
            messages.success(request, _("Taken back."))
        elif verb == "with" and len(ids) == 1:
            due = seen_due(principal, asked_id(request.POST.get("due")))
            match_line_with(principal, found, ids[0], due)
            messages.success(request, ngettext("%(n)s line matched.", "%(n)s lines matched.", 1) % {"n": 1})
        else:
            raise BadRequest
    except DomainError as error:
        if error.status in (400, 403, 404):
            raise
        messages.error(request, str(error))
    state = request.POST.get("state", "")
    return redirect(f"{request.path.removesuffix('/act')}{f'?state={state}' if state in STATES else ''}")
