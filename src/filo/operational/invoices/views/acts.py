"""What is done to an invoice: each a form that is posted."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from filo.foundation.amounts import read_number
from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.invoices.forms import FactsForm, MendForm
from filo.operational.invoices.models import Invoice
from filo.operational.invoices.queries.finding import seen_invoice
from filo.operational.invoices.services import (
    change_draft,
    delete_draft,
    draft_credit,
    issue_invoice,
    mend_rejected,
    send_invoice,
)
from filo.operational.invoices.services.drafting import IssuedIsFinal
from filo.operational.invoices.typed import facts_of, typed_rows, with_blanks
from filo.operational.invoices.views.pages import context_of


@require_POST
def write(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """Lines and terms of a draft; with *issue* pressed it is issued as it stands then."""
    invoice, form, rows = seen_invoice(request.principal, invoice_id), FactsForm(request.POST), typed_rows(request.POST)
    version = posted_version(request)
    if form.is_valid():
        facts = dict(form.cleaned_data)
        try:
            lines = facts_of(rows, invoice.lines.all())
            with one_operation() as operation:
                change_draft(request.principal, invoice, version=version, lines=lines, **facts)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
            if "lines" in error.differing:
                theirs, mine = error.differing["lines"]
                form.differing.append((pgettext("of an invoice", "Lines"), str(theirs), str(mine)))
        else:
            if "issue" in request.POST:
                return _issued(request, seen_invoice(request.principal, invoice_id))
            messages_with_undo(request, _("Saved."), operation, reverse("invoices:invoice", args=[invoice_id]))
            return redirect("invoices:invoice", invoice_id)
    found = seen_invoice(request.principal, invoice_id)
    context = context_of(request, found, form=form, typed=with_blanks(rows), version=version)
    return render(request, "invoices/invoice.html", context, status=422)


@require_POST
def issue(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """It gets its number."""
    return _issued(request, seen_invoice(request.principal, invoice_id))


def _issued(request: StaffRequest, invoice: Invoice) -> HttpResponse:
    try:
        found = issue_invoice(request.principal, invoice)
        messages.success(request, _("It has the number %(number)s.") % {"number": found.number})
    except DomainError as error:
        _say(request, error)
    return redirect("invoices:invoice", invoice.id)


@require_POST
def send(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """Its file leaves."""
    invoice = seen_invoice(request.principal, invoice_id)
    try:
        kept = send_invoice(request.principal, invoice, way=request.POST.get("way", ""))
        messages.success(request, _("Sent as %(name)s.") % {"name": kept.name})
        for sentence in kept.told.get("warnings", ()):
            messages.warning(request, sentence)
        if kept.way == "pec" and settings.SMTP_SERVER is None:
            told = _("No mail server is set: the certified mail lies in the outbox and goes nowhere.")
            messages.warning(request, told)
    except DomainError as error:
        _say(request, error)
    return redirect("invoices:invoice", invoice.id)


@require_POST
def mend(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """What the exchange rejected says something else; it is sent again by itself."""
    invoice, form = seen_invoice(request.principal, invoice_id), MendForm(request.POST)
    version = posted_version(request)
    if form.is_valid():
        try:
            mend_rejected(request.principal, invoice, version=version, **form.cleaned_data)
        except InvalidFields as error:
            form.refuse(error)
        except Stale as error:
            version = form.refuse_stale(error)
        except IssuedIsFinal as error:
            _say(request, error)
            return redirect("invoices:invoice", invoice.id)
        else:
            messages.success(request, _("Saved."))
            return redirect("invoices:invoice", invoice.id)
    return render(
        request, "invoices/invoice.html", context_of(request, invoice, mending=form, version=version), status=422
    )


@require_POST
def credit(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """A credit note on it, in whole or for so much of each line."""
    invoice = seen_invoice(request.principal, invoice_id)
    try:
        draft = draft_credit(request.principal, invoice, quantities=_quantities(request, invoice))
    except DomainError as error:
        _say(request, error)
        return redirect("invoices:invoice", invoice.id)
    return redirect("invoices:invoice", draft.id)


def _quantities(request: StaffRequest, invoice: Invoice) -> dict[UUID, Decimal] | None:
    if "whole" in request.POST:
        return None
    found = {}
    for line in invoice.lines.all():
        typed = request.POST.get(f"quantity-{line.id}", "").strip()
        try:
            found[line.id] = read_number(typed or "0")
        except ValueError:
            raise InvalidFields({"lines": _("“%(text)s” is no number.") % {"text": typed[:40]}}) from None
    return found


@require_POST
def delete(request: StaffRequest, invoice_id: UUID) -> HttpResponse:
    """A draft is thrown away."""
    invoice = seen_invoice(request.principal, invoice_id)
    try:
        with one_operation() as operation:
            delete_draft(request.principal, invoice)
    except DomainError as error:
        _say(request, error)
        return redirect("invoices:invoice", invoice.id)
    messages_with_undo(request, _("The draft is gone."), operation, reverse("invoices:invoice", args=[invoice_id]))
    return redirect("invoices:list")


def _say(request: StaffRequest, error: DomainError) -> None:
    """What was refused, in its sentence; what is not one's to do is told as such."""
    if error.status in (403, 404):
        raise error
    if isinstance(error, InvalidFields):
        messages.error(request, str(next(iter(error.fields.values()))[0]))
    else:
        messages.error(request, str(error))
