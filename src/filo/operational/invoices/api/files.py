"""Invoices at the API: their files, out and in."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import File, Router
from ninja.files import UploadedFile

from filo.foundation.errors import InvalidFields
from filo.foundation.rest.answers import answer
from filo.foundation.rest.requests import ApiRequest, require
from filo.operational.invoices.api import telling
from filo.operational.invoices.api.shapes import TakenInList
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.queries.paper import paper_name, print_invoice
from filo.operational.invoices.services import take_in
from filo.operational.invoices.services.sending import file_of

MOST_FILES = 200
router = Router(tags=["invoices"])


@router.get("/invoices/{uuid:invoice_id}/xml", summary="Read the file of an invoice")
def get_invoice_xml(request: ApiRequest, invoice_id: UUID) -> HttpResponse:
    """The file of the exchange: as it was sent or came, or as it would leave now; a draft has none."""
    principal = require(request, "invoice", "view")
    found = file_of(seen_invoice(principal, invoice_id))
    reply = HttpResponse(found.content, content_type=found.media_type)
    reply["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return reply


@router.get("/invoices/{uuid:invoice_id}/pdf", summary="Print an invoice")
def get_invoice_pdf(request: ApiRequest, invoice_id: UUID) -> HttpResponse:
    """The courtesy copy as it is printed now."""
    principal = require(request, "invoice", "view")
    invoice = seen_invoice(principal, invoice_id)
    reply = HttpResponse(print_invoice(invoice), content_type="application/pdf")
    reply["Content-Disposition"] = f'attachment; filename="{paper_name(invoice)}"'
    return reply


@router.post("/invoices/import", response={201: TakenInList}, summary="Take files of the exchange in")
def import_invoices(request: ApiRequest, files: File[list[UploadedFile]]) -> HttpResponse:
    """Invoices, notifications, or a ZIP of them; each file is told apart, what cannot be read is put aside."""
    principal = require(request, "invoice", "issue")
    if len(files) > MOST_FILES:
        raise InvalidFields({"files": _("At most %(n)s files at once.") % {"n": MOST_FILES}})
    found = take_in(principal, [(one.name or "file", one.read()) for one in files])
    items = [{"file": telling.file(one.file), "invoices": [row.pk for row in one.invoices]} for one in found]
    return answer({"items": items}, status=201)
