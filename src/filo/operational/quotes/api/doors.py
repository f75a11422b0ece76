"""Quotes at the API."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from ninja import Query, Router

from filo.foundation.errors import Stale
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.operational.quotes.api import telling
from filo.operational.quotes.api.shapes import (
    AcceptBody,
    QuoteBody,
    QuoteChange,
    QuoteList,
    QuoteShape,
    QuoteVersions,
    RejectBody,
    SendBody,
)
from filo.operational.quotes.filters import QUOTE_FILTERS
from filo.operational.quotes.queries.finding import seen_quote, versions_of
from filo.operational.quotes.queries.listing import SORTS, quotes_found
from filo.operational.quotes.queries.paper import file_name, pdf_of
from filo.operational.quotes.services import (
    Evidence,
    accept_quote,
    change_quote,
    discard_draft,
    draft_quote,
    new_version,
    reject_quote,
    send_quote,
    withdraw_quote,
    write_lines,
)

router = Router(tags=["quotes"])


@router.get("/quotes", response=QuoteList, summary="List quotes")
def list_quotes(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The quotes one sees. Orders: created, valid, total. Filters as on the page. `q` is a number, or words."""
    principal = require(request, "quote", "view")
    found = quotes_found(principal, None, asked.q).select_related("owner", "company")
    sort = asked if asked.sort else asked.model_copy(update={"sort": "-created"})
    page, count = listed(principal, found, sort, sorts=SORTS, filters=QUOTE_FILTERS)
    return list_answer(telling.shown(principal, page.rows), page.next, count)


@router.post("/quotes", response={201: QuoteShape}, summary="Draft a quote", openapi_extra=VERSIONED)
def add_quote(request: ApiRequest, body: QuoteBody) -> HttpResponse:
    """A draft, priced by the price engine."""
    principal = require(request, "quote", "create")
    party, deal = telling.party(principal, body.party), telling.deal(principal, body.deal)
    company = telling.company(body.company)
    facts = {name: value for name, value in telling.facts(body.sent()).items() if value is not None}
    lines = telling.drafts(principal, body.lines)
    quote = draft_quote(principal, party=party, company=company, deal=deal, lines=lines, facts=facts)
    headers = {"Location": f"/api/v1/quotes/{quote.id}"}
    return versioned(request, telling.one(principal, seen_quote(principal, quote.id)), status=201, headers=headers)


@router.get("/quotes/{uuid:quote_id}", response=QuoteShape, summary="Read a quote", openapi_extra=VERSIONED)
def get_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """One quote with its lines."""
    principal = require(request, "quote", "view")
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.patch("/quotes/{uuid:quote_id}", response=QuoteShape, summary="Change a draft", openapi_extra=VERSIONED)
def patch_quote(request: ApiRequest, quote_id: UUID, body: QuoteChange) -> HttpResponse:
    """Facts and lines of a draft; all of it or nothing."""
    principal = require(request, "quote", "edit")
    quote, sent = seen_quote(principal, quote_id), body.sent()
    version = version_to_write(request, quote.version)
    try:
        with transaction.atomic():
            now = change_quote(principal, quote, version=version, **telling.facts(sent))
            if "lines" in sent:
                write_lines(principal, now, telling.drafts(principal, body.lines))
    except Stale as error:
        raise stale(telling.one(principal, seen_quote(principal, quote_id)), sent, error) from None
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.delete("/quotes/{uuid:quote_id}", response={204: None}, summary="Throw a draft away", openapi_extra=VERSIONED)
def delete_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """A draft that was never sent; it can be brought back."""
    principal = require(request, "quote", "edit")
    quote = seen_quote(principal, quote_id)
    refuse_stale(request, quote.version)
    discard_draft(principal, quote)
    return no_content()


@router.post("/quotes/{uuid:quote_id}/send", response=QuoteShape, summary="Send a quote", openapi_extra=VERSIONED)
def send_a_quote(request: ApiRequest, quote_id: UUID, body: SendBody) -> HttpResponse:
    """By mail with PDF and link, or handed over; its number is given now."""
    principal = require(request, "quote", "send")
    send_quote(principal, seen_quote(principal, quote_id), to=body.to, message=body.message)
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.post("/quotes/{uuid:quote_id}/accept", response=QuoteShape, summary="Accept a quote", openapi_extra=VERSIONED)
def accept_a_quote(request: ApiRequest, quote_id: UUID, body: AcceptBody) -> HttpResponse:
    """Write down that the customer accepted, and how."""
    principal = require(request, "quote", "edit")
    evidence = Evidence(body.name, note=body.note)
    accept_quote(principal, seen_quote(principal, quote_id), evidence=evidence, chosen=body.chosen)
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.post("/quotes/{uuid:quote_id}/reject", response=QuoteShape, summary="Reject a quote", openapi_extra=VERSIONED)
def reject_a_quote(request: ApiRequest, quote_id: UUID, body: RejectBody) -> HttpResponse:
    """Write down that the customer does not take it, and why."""
    principal = require(request, "quote", "edit")
    reject_quote(principal, seen_quote(principal, quote_id), reason=body.reason)
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.post(
    "/quotes/{uuid:quote_id}/withdraw", response=QuoteShape, summary="Withdraw a quote", openapi_extra=VERSIONED
)
def withdraw_a_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """It is not offered any more."""
    principal = require(request, "quote", "edit")
    withdraw_quote(principal, seen_quote(principal, quote_id))
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.get("/quotes/{uuid:quote_id}/versions", response=QuoteVersions, summary="List the versions of a quote")
def list_versions(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """All of them that one sees, the first one first; without their lines."""
    principal = require(request, "quote", "view")
    return answer({"items": telling.shown(principal, versions_of(principal, seen_quote(principal, quote_id)))})


@router.post(
    "/quotes/{uuid:quote_id}/versions",
    response={201: QuoteShape},
    summary="Begin a new version of a quote",
    openapi_extra=VERSIONED,
)
def add_version(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """A draft with the same number, which takes the older one's place when it is sent."""
    principal = require(request, "quote", "edit")
    made = new_version(principal, seen_quote(principal, quote_id))
    return versioned(request, telling.one(principal, seen_quote(principal, made.id)), status=201)


@router.get("/quotes/{uuid:quote_id}/pdf", summary="Print a quote")
def get_quote_pdf(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """The PDF: of a draft as it is now, of what was sent as the customer has it."""
    principal = require(request, "quote", "view")
    quote = seen_quote(principal, quote_id)
    reply = HttpResponse(pdf_of(quote), content_type="application/pdf")
    reply["Content-Disposition"] = f'attachment; filename="{file_name(quote)}"'
    return reply
