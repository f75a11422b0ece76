"""The list of invoices, the page of one, its paper and its file, and a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.access.principal import Principal
from filo.foundation.audit.queries import acts_about
from filo.foundation.errors import InvalidFields
from filo.foundation.files.answering import POLICY
from filo.foundation.files.naming import clean_name
from filo.foundation.web.paging import Key, capped_count, page_of
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.invoices.forms import FactsForm, MendForm, NewForm
from filo.operational.invoices.frozen import is_public_body
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.odd_numbers import would_be_rejected
from filo.operational.invoices.policies import INVOICE_EDITED, INVOICE_ISSUED
from filo.operational.invoices.queries.attached import attachment_at, media_type_of
from filo.operational.invoices.queries.beside import beside
from filo.operational.invoices.queries.finding import (
    VIEWS,
    invoices_found,
    open_invoices_of,
    seen_invoice,
    sums_of,
    ways_of,
)
from filo.operational.invoices.queries.paper import paper_name, print_invoice
from filo.operational.invoices.services import draft_invoice
from filo.operational.invoices.services.sending import file_of
from filo.operational.invoices.typed import shown, vat_choices
from filo.operational.parties.queries.find import seen_party
from filo.operational.parties.queries.naming import names_of

SIZE = 50
LABELS = {
    "all": pgettext_lazy("invoices", "All"),
    "draft": pgettext_lazy("invoices", "Drafts"),
    "to-send": pgettext_lazy("invoices", "To be sent"),
    "rejected": pgettext_lazy("invoices", "Rejected"),
    "overdue": pgettext_lazy("invoices", "Overdue"),
    "credit": gettext_lazy("Credit notes"),
    "received": pgettext_lazy("invoices", "Received"),
}
_ORDER = (Key("created_at", descending=True), Key("id", descending=True))


@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The invoices one sees, the latest first, with what they come to."""
    principal = request.principal
    principal.require("invoice", "view")
    view = request.GET.get("view", "all")
    view = view if view in VIEWS else "all"
    text, wanted = request.GET.get("q", "")[:120], request.GET.get("party", "")
    party = seen_party(principal, asked_id(wanted)) if wanted else None
    found = invoices_found(principal, view=view, text=text, party=party.id if party else None)
    rows = found.select_related("company").order_by()
    page = page_of(rows, _ORDER, size=SIZE, cursor=request.GET.get("cursor", "")[:400])
    names = names_of(principal, {one.party_id for one in page.rows if one.party_id})
    context = {
        "view": view,
        "views": [(code, LABELS[code]) for code in VIEWS],
        "text": text,
        "party": party,
        "rows": [(one, names.get(one.party_id) if one.party_id else None) for one in page.rows],
        "page": page,
        "count": capped_count(found),
        "sums": sums_of(found),
    }
    return render(request, "invoices/list.html", context)


@require_GET
def page(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """All of an invoice: a draft to be written, or what was issued with its life."""
    invoice = seen_invoice(request.principal, invoice_id)
    return render(request, "invoices/invoice.html", context_of(request, invoice))


@require_GET
def changes(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """What was changed, asked for when it comes into sight."""
    principal, invoice = request.principal, seen_invoice(request.principal, invoice_id)
    acts, back = acts_about(principal, "invoice", invoice.id), reverse("invoices:invoice", args=[invoice.id])
    context = {"acts": acts, "may_edit": _may_edit(principal, invoice), "back": back}
    return render(request, "history/_changes.html", context)


def _may_edit(principal: Principal, invoice: Invoice) -> bool:
    """Whether its draft may be written."""
    return invoice.is_draft and principal.may("invoice", "edit") and INVOICE_EDITED.allows(principal, invoice)


def context_of(request: StaffRequest, invoice: Invoice, **refused: Any) -> dict[str, Any]:
    """What the page needs; what was typed and refused takes the place of what is kept."""
    principal = request.principal
    lines = list(invoice.lines.all())
    names = names_of(principal, {invoice.party_id} if invoice.party_id else set())
    may_edit = _may_edit(principal, invoice)
    may_issue = principal.may("invoice", "issue") and INVOICE_ISSUED.allows(principal, invoice)
    context: dict[str, Any] = {
        "invoice": invoice,
        "party_name": names.get(invoice.party_id) if invoice.party_id else None,
        "lines": lines,
        "taxes": list(invoice.taxes.all()),
        "dues": list(invoice.dues.all()),
        "beside": beside(invoice, lines),
        "files": list(invoice.files.select_related("by")),
        "credit_notes": list(Invoice.objects.visible_to(principal).filter(credits=invoice)),
        "may_edit": may_edit,
        "may_issue": may_issue,
        "may_credit": may_edit_new(principal, invoice),
        "ways": ways_of(invoice) if may_issue else [],
        "doubts": would_be_rejected(invoice) if may_issue else [],
        "version": invoice.version,
    }
    if may_edit:
        initial = {name: getattr(invoice, name) for name in FactsForm.base_fields}
        initial["deliveries"] = invoice.delivery_notes
        context |= {"form": FactsForm(initial=initial), "typed": shown(lines, invoice.currency)}
        context["vat_choices"] = vat_choices(lines)
        context["splits"] = invoice.party is not None and is_public_body(invoice.party) and invoice.vat_due != "S"
    if may_issue and invoice.is_returned:
        context["mending"] = MendForm(initial={name: getattr(invoice, name) for name in MendForm.base_fields})
    return context | refused


def may_edit_new(principal: Any, invoice: Invoice) -> bool:
    """Whether a credit note could be drafted on it."""
    creditable = invoice.direction == "issued" and not invoice.is_draft and not invoice.is_credit
    left = invoice.party_id is not None and invoice.credited < invoice.payable
    return creditable and left and principal.may("invoice", "create")


@require_GET
def pdf(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """The courtesy copy."""
    invoice = seen_invoice(request.principal, invoice_id)
    response = HttpResponse(print_invoice(invoice), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{paper_name(invoice)}"'
    return response


@require_GET
def xml(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """The file of the exchange: as it was sent or came, or as it would leave now."""
    found = file_of(seen_invoice(request.principal, invoice_id))
    response = HttpResponse(found.content, content_type=found.media_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response


@require_GET
def attachment(request: StaffRequest, invoice_id: UUID, place: int) -> HttpResponse:
    """What a supplier laid into his file, for keeping; a browser opens none of it as a page of ours."""
    found = attachment_at(seen_invoice(request.principal, invoice_id), place)
    response = HttpResponse(found.content, content_type=media_type_of(found))
    response["Content-Disposition"] = content_disposition_header(True, clean_name(found.name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """For whom, and which company sells; the rest is on the draft's page."""
    principal = request.principal
    principal.require("invoice", "create")
    wanted = request.GET.get("party") or request.POST.get("party")
    party = seen_party(principal, asked_id(wanted)) if wanted else None
    form = NewForm(principal, request.POST or None)
    if request.method == "POST" and form.is_valid() and party is not None:
        try:
            draft = draft_invoice(
                principal, party=party, company=form.cleaned_data["company"], type=form.cleaned_data["type"]
            )
            return redirect("invoices:invoice", draft.id)
        except InvalidFields as error:
            form.refuse(error)
    lacks = request.method == "POST" and party is None
    context = {"form": form, "party": party, "lacks_party": lacks}
    return render(request, "invoices/new.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The latest invoices of a customer, for his card."""
    party = seen_party(request.principal, party_id)
    context = {"party": party, "invoices": open_invoices_of(request.principal, party)}
    return render(request, "invoices/_on_card.html", context)
