"""Files are handed in, and each is accounted for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from filo.foundation.web.requests import StaffRequest
from filo.operational.invoices.models import InvoiceFile
from filo.operational.invoices.services import take_in

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
    rows = InvoiceFile.objects.exclude(kind="sent").select_related("invoice", "by", "company")
    companies = request.principal.company_ids
    if companies is not None:
        rows = rows.filter(by=request.principal.user_id)
    return {"files": rows.order_by("-at", "-id")[:SHOWN], "refused": refused}
