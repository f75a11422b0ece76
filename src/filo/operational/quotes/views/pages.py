"""The page of a quote, its parts, and a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from filo.foundation.audit.queries import acts_about
from filo.foundation.errors import InvalidFields
from filo.foundation.web.requests import StaffRequest, asked_id
from filo.operational.catalogue.queries.finding import find_variants
from filo.operational.deals.queries.finding import seen_deal
from filo.operational.parties.queries.find import seen_party
from filo.operational.quotes.forms import FactsForm, NewForm, SendForm
from filo.operational.quotes.models import Quote
from filo.operational.quotes.policies import QUOTE_EDITED
from filo.operational.quotes.queries.finding import quote_link, seen_quote
from filo.operational.quotes.queries.page import page_of_quote, quotes_of
from filo.operational.quotes.queries.paper import file_name, pdf_of
from filo.operational.quotes.services import draft_quote
from filo.operational.quotes.typed import codes_of, shown, vat_choices


@require_GET
def page(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """A draft to be written, or a quote as it was sent with what became of it."""
    return render(request, "quotes/quote.html", context_of(request, seen_quote(request.principal, quote_id)))


def context_of(request: StaffRequest, quote: Quote, **refused: Any) -> dict[str, Any]:
    """What the templates of a quote need; what was refused takes the place of what is kept."""
    found = page_of_quote(request.principal, quote)
    classes = vat_choices() if found.is_written else []
    tab = request.GET.get("tab", "")
    return {
        "page": found,
        "quote": quote,
        "party": found.party,
        "tab": tab if tab == "right" else "story",
        "rows": shown(found.lines, quote.currency, codes_of(classes)) if found.is_written else [],
        "vat_classes": classes,
        "facts_form": FactsForm(quote),
        "send_form": SendForm(initial={"to": _address(quote)}),
        "public_link": quote_link(quote) if not quote.is_early else "",
        "version": quote.version,
        **refused,
    }


def _address(quote: Quote) -> str:
    for party in (quote.contact, quote.party):
        if party is not None:
            points = sorted(party.contact_points.filter(type="email"), key=lambda point: not point.preferred)
            if points:
                return points[0].value
    return ""


@require_GET
def facts(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """How it stands, fetched anew when that changes."""
    return render(request, "quotes/_facts.html", context_of(request, seen_quote(request.principal, quote_id)))


@require_GET
def peek(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """The quote in short, beside the list."""
    return render(request, "quotes/_peek.html", context_of(request, seen_quote(request.principal, quote_id)))


@require_GET
def changes(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """What was changed, asked for when it comes into sight."""
    quote = seen_quote(request.principal, quote_id)
    may_edit = request.principal.may("quote", "edit") and QUOTE_EDITED.allows(request.principal, quote)
    acts, back = acts_about(request.principal, "quote", quote.id), reverse("quotes:quote", args=[quote.id])
    return render(request, "history/_changes.html", {"acts": acts, "may_edit": may_edit, "back": back})


@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """For a customer: one choice, and the editor opens. From a card or a deal it opens at once."""
    principal = request.principal
    principal.require("quote", "create")
    asked = request.POST if request.method == "POST" else request.GET
    deal = seen_deal(principal, asked_id(asked.get("deal"))) if asked.get("deal") else None
    party_id = str(deal.party_id) if deal else asked.get("party", "")
    party = seen_party(principal, asked_id(party_id)) if party_id else None
    form = NewForm(principal, request.POST or None)
    if request.method == "POST" and form.is_valid() and party is not None:
        try:
            title = form.cleaned_data["title"] or (deal.title if deal else "")
            facts = {"title": title}
            quote = draft_quote(principal, party=party, company=form.cleaned_data["company"], deal=deal, facts=facts)
            return redirect("quotes:quote", quote.id)
        except InvalidFields as error:
            form.refuse(error)
    context = {"form": form, "party": party, "deal": deal, "lacks_party": request.method == "POST" and party is None}
    return render(request, "quotes/new.html", context, status=422 if request.method == "POST" else 200)


@require_GET
def articles(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """What is meant by what one types into a line: code, name, price, stock."""
    quote = seen_quote(request.principal, quote_id)
    text = request.GET.get("q", "")[:120]
    found = find_variants(request.principal, text, 8, company_id=quote.company_id)
    return render(request, "quotes/_articles.html", {"found": found})


@require_GET
def pdf(request: StaffRequest, quote_id: UUID) -> HttpResponse:
    """The PDF: of a draft as it is now, of what was sent as the customer has it."""
    quote = seen_quote(request.principal, quote_id)
    response = HttpResponse(pdf_of(quote), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{file_name(quote)}"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
def of_party(request: StaffRequest, party_id: UUID) -> HttpResponse:
    """The latest quotes of a customer, for his card."""
    party = seen_party(request.principal, party_id)
    return render(request, "quotes/_on_card.html", {"party": party, "quotes": quotes_of(request.principal, party)})
