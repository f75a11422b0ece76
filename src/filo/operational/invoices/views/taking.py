"""Files are handed in, and each is accounted for."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from filo.foundation.errors import DomainError
from filo.foundation.web.requests import StaffRequest
from filo.operational.invoices.forms import AsideForm
from filo.operational.invoices.models import InvoiceFile
from filo.operational.invoices.queries.files import files_seen, said_in, seen_file
from filo.operational.invoices.services import keep_for, take_in, try_again
from filo.operational.invoices.services.taking_in import TakenIn

SHOWN, MOST_FILES = 100, 200


@require_http_methods(["GET", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """Drop invoices, notifications or a ZIP of them; what became of the latest files."""
    request.principal.require("invoice", "issue")
    if request.method == "POST":
        files = request.FILES.getlist("files")[:MOST_FILES]
        if not files:
            return render(request, "invoices/import.html", _context(request, _("Choose a file.")), status=422)
        found = take_in(request.principal, [(one.name or "file", one.read()) for one in files])
        aside = sum(one.file.kind == "quarantine" for one in found)
        told = ngettext("%(n)s file came in.", "%(n)s files came in.", len(found)) % {"n": len(found)}
        if aside:
            told += " " + ngettext("%(n)s was put aside.", "%(n)s were put aside.", aside) % {"n": aside}
        messages.success(request, told)
        return redirect("invoices:import")
    return render(request, "invoices/import.html", _context(request, ""))


def _context(request: StaffRequest, refused: str) -> dict[str, object]:
    return {"files": files_seen(request.principal).order_by("-at", "-id")[:SHOWN], "refused": refused}


@require_GET
def file(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """One file: what became of it; of one that was put aside, what it would say, and whose it is."""
    found = seen_file(request.principal, file_id)
    return _file(request, found, None)


@require_POST
def again(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """It is read once more."""
    found = seen_file(request.principal, file_id)
    try:
        return _told(request, try_again(request.principal, found))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("invoices:file", file_id)


@require_POST
def keep(request: StaffRequest, file_id: UUID) -> HttpResponse:
    """Somebody said of which company of ours it is."""
    found = seen_file(request.principal, file_id)
    said = said_in(found)
    if said is None:
        return redirect("invoices:file", file_id)
    form = AsideForm(request.principal, said.document, request.POST)
    if not form.is_valid():
        return _file(request, found, form)
    try:
        return _told(request, keep_for(request.principal, found, **form.cleaned_data))
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("invoices:file", file_id)


def _told(request: StaffRequest, found: TakenIn) -> HttpResponse:
    if found.file.kind == "quarantine":
        messages.error(request, _("It stays put aside: %(because)s") % {"because": found.file.said})
        return redirect("invoices:file", found.file.pk)
    messages.success(request, found.file.said)
    return redirect("invoices:invoice", found.file.invoice_id) if found.file.invoice_id else redirect("invoices:import")


def _file(request: StaffRequest, found: InvoiceFile, form: AsideForm | None) -> HttpResponse:
    said = said_in(found) if found.kind == "quarantine" else None
    if said is not None and form is None:
        form = AsideForm(request.principal, said.document)
    context = {"file": found, "said": said, "form": form}
    return render(request, "invoices/file.html", context, status=422 if form and form.errors else 200)
