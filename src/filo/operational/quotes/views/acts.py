"""What is done with a quote: each a form that is posted, with a way back where there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from filo.foundation.audit.operations import one_operation
from filo.foundation.audit.toasts import messages_with_undo
from filo.foundation.errors import DomainError, InvalidFields, Stale
from filo.foundation.web.requests import StaffRequest, posted_version
from filo.operational.quotes.forms import FactsForm, SendForm
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.finding import binned_quote, lines_of, seen_quote
from filo.operational.quotes.queries.page import page_of_quote
from filo.operational.quotes.services import (
    Evidence,
    accept_quote,
    ask_for_approval,
    bring_back,
    change_quote,
    copy_quote,
    discard_draft,
    new_version,
    reject_quote,
    reprice,
    send_quote,
    stop_asking,
    win_with_quote,
    withdraw_quote,
    write_lines,
)
from filo.operational.quotes.typed import TypedLine, as_answer, drafts_of, note_problems, typed_rows
from filo.operational.quotes.views.pages import context_of


@require_POST
def write(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """All of a draft: facts and lines. The script saves so while one writes; without it, the button does."""
    quote, form = seen_quote(request.principal, quote_id), None
    rows: list[TypedLine] = []
    quietly = "quietly" in request.POST
    others: list[str] = []
    status = 422
    form = FactsForm(quote, request.POST)
    try:
        rows = typed_rows(request.POST)
        if form.is_valid():
            with one_operation() as operation:
                saved = _write(request, quote, form, rows)
            if quietly:
                return _saved(request, saved)
            messages_with_undo(request, _("Saved."), operation, back=_url(saved))
            return _go_on(request, saved)
    except InvalidFields as error:
        others = note_problems(rows, error)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        others, status = [str(error)], 412 if isinstance(error, Stale) else 409
        quote = seen_quote(request.principal, quote_id)
    if quietly:
        return _not_saved(form, rows, others, status)
    refused = {"rows": [*rows, *(TypedLine() for _place in range(3))], "facts_form": form, "refusals": others}
    return render(request, "quotes/quote.html", context_of(request, quote, **refused), status=status)


def _write(request: StaffRequest, quote: Quote, form: FactsForm, rows: list[TypedLine]) -> Quote:
    principal = request.principal
    with transaction.atomic():
        drafts = drafts_of(principal, rows, company_id=quote.company_id)
        saved = change_quote(principal, quote, version=posted_version(request), **form.facts())
        return write_lines(principal, saved, drafts)


def _saved(request: StaffRequest, saved: Quote) -> HttpResponse:
    fresh = seen_quote(request.principal, saved.pk)
    page = page_of_quote(request.principal, fresh)
    sums = render_to_string("quotes/_sums.html", {"page": page, "quote": fresh}, request=request)
    answer = {"version": fresh.version, "rows": as_answer(lines_of(fresh), fresh.currency), "sums": sums}
    return JsonResponse(answer)


def _not_saved(form: FactsForm, rows: list[TypedLine], others: list[str], status: int) -> HttpResponse:
    wrong = [str(sentence) for found in form.errors.values() for sentence in found]
    answer = {"problems": [row.problems for row in rows], "others": [*others, *wrong]}
    return JsonResponse(answer, status=status)


def _go_on(request: StaffRequest, quote: Quote) -> HttpResponse:
    """Saved, and sent on to what was pressed besides."""
    if "then-send" in request.POST:
        return redirect(f"{_url(quote)}?tab=right#send")
    return redirect("quotes:quote", quote.id)


@require_POST
def send(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """By mail, or handed over by other means."""
    quote, form = seen_quote(request.principal, quote_id), SendForm(request.POST)
    by_mail = request.POST.get("way") != "hand"
    if form.is_valid():
        to = form.cleaned_data["to"] if by_mail else ""
        if by_mail and not to:
            form.add_error("to", _("Write the address, or say that you hand it over yourself."))
        else:
            message = form.cleaned_data["message"]
            said = _("Sent to %(to)s.") % {"to": to} if by_mail else _("Marked as sent.")
            return _done(request, quote, lambda: send_quote(request.principal, quote, to=to, message=message), said)
    return render(request, "quotes/quote.html", context_of(request, quote, send_form=form), status=422)


@require_POST
def accept(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """A colleague writes down that the customer accepted."""
    quote = seen_quote(request.principal, quote_id)
    evidence = Evidence(request.POST.get("name", "")[:200], note=request.POST.get("note", "")[:600])
    verb = lambda: accept_quote(request.principal, quote, evidence=evidence)  # noqa: E731
    return _done(request, quote, verb, _("Accepted."))


@require_POST
def reject(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """A colleague writes down that the customer does not take it."""
    quote, reason = seen_quote(request.principal, quote_id), request.POST.get("reason", "")[:600]
    return _done(request, quote, lambda: reject_quote(request.principal, quote, reason=reason), _("Rejected."))


@require_POST
def ask(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """For approval, to whoever may give so much."""
    quote, why = seen_quote(request.principal, quote_id), request.POST.get("why", "")[:500]
    return _done(request, quote, lambda: ask_for_approval(request.principal, quote, why=why), _("Approval is asked."))


@require_POST
def win(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """The deal that it was made for is won, with its sum."""
    quote = seen_quote(request.principal, quote_id)

    def won() -> Quote:
        win_with_quote(request.principal, quote)
        return quote

    return _done(request, quote, won, _("Won: %(title)s") % {"title": quote.deal.title if quote.deal else ""})


@require_POST
def stop(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """Not asked any more."""
    quote = seen_quote(request.principal, quote_id)
    return _done(request, quote, lambda: stop_asking(request.principal, quote), _("It is a draft again."))


@require_POST
def again(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """The prices of today."""
    quote = seen_quote(request.principal, quote_id)
    return _done(request, quote, lambda: reprice(request.principal, quote), _("Priced as of today."))


@require_POST
def version(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """The next version, to be written."""
    quote = seen_quote(request.principal, quote_id)
    return _done(request, quote, lambda: new_version(request.principal, quote), None)


@require_POST
def copy(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """A new quote like this one."""
    quote = seen_quote(request.principal, quote_id)
    return _done(
        request, quote, lambda: copy_quote(request.principal, quote), _("This is a copy, with today's prices.")
    )


@require_POST
def withdraw(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """Not offered any more."""
    quote = seen_quote(request.principal, quote_id)
    return _done(request, quote, lambda: withdraw_quote(request.principal, quote), _("Withdrawn."))


@require_POST
def discard(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """A draft, thrown away with a way back."""
    quote = seen_quote(request.principal, quote_id)
    discard_draft(request.principal, quote)
    undo = reverse("quotes:bring-back", args=[quote.id])
    messages.success(request, _("The draft was thrown away."), extra_tags=undo)
    return redirect("quotes:list")


@require_POST
def back(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """Out of the bin."""
    found = bring_back(request.principal, binned_quote(request.principal, quote_id))
    return redirect("quotes:quote", found.id)


def _done(request: StaffRequest, quote: Quote, verb: Callable[[], Quote], sentence: str | None) -> HttpResponse:
    """Do it as one act, say it, and offer the way back; what is refused is said and changes nothing."""
    try:
        with one_operation() as operation:
            changed = verb()
    except InvalidFields as error:
        messages.error(request, str(next(iter(error.fields.values()))[0]))
        return redirect("quotes:quote", quote.id)
    except DomainError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, str(error))
        return redirect("quotes:quote", quote.id)
    if sentence:
        messages_with_undo(request, sentence, operation, back=_url(changed))
    return redirect("quotes:quote", changed.id)


def _url(quote: Any) -> str:
    return reverse("quotes:quote", args=[quote.id])
