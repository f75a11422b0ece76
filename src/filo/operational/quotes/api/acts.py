"""Quotes at the API: approval asked or no more, priced anew, copied, brought back, a deal won."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, versioned
from filo.operational.quotes.api import telling
from filo.operational.quotes.api.shapes import AskBody, QuoteShape
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.finding import binned_quote, seen_quote
from filo.operational.quotes.services import (
    ask_for_approval,
    bring_back,
    copy_quote,
    reprice,
    stop_asking,
    win_with_quote,
)

router = Router(tags=["quotes"])


def _done(request: ApiRequest, quote_id: UUID, verb: Callable[..., object]) -> HttpResponse:
    principal = require(request, "quote", "edit")
    quote = seen_quote(principal, quote_id)
    refuse_stale(request, quote.version)
    verb(principal, quote)
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.post(
    "/quotes/{uuid:quote_id}/ask-approval", response=QuoteShape, summary="Ask for approval", openapi_extra=VERSIONED
)
def ask_approval_of_quote(request: ApiRequest, quote_id: UUID, body: AskBody) -> HttpResponse:
    """Of whoever may give so much; `approval` of the answer tells what became of it. Asking twice changes nothing."""
    return _done(request, quote_id, lambda principal, quote: ask_for_approval(principal, quote, why=body.why))


@router.post(
    "/quotes/{uuid:quote_id}/stop-asking",
    response=QuoteShape,
    summary="Ask for approval no more",
    openapi_extra=VERSIONED,
)
def stop_asking_for_approval(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """It is a draft again, to be changed."""
    return _done(request, quote_id, stop_asking)


@router.post(
    "/quotes/{uuid:quote_id}/reprice", response=QuoteShape, summary="Price a draft anew", openapi_extra=VERSIONED
)
def reprice_a_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """At the prices of today, but for what was typed by hand."""
    return _done(request, quote_id, reprice)


@router.post(
    "/quotes/{uuid:quote_id}/copy", response={201: QuoteShape}, summary="Copy a quote", openapi_extra=VERSIONED
)
def copy_a_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """A new draft like it, at the prices of today."""
    principal = require(request, "quote", "create")
    require(request, "quote", "view")
    made: Quote = copy_quote(principal, seen_quote(principal, quote_id))
    headers = {"Location": f"/api/v1/quotes/{made.pk}"}
    return versioned(request, telling.one(principal, seen_quote(principal, made.pk)), status=201, headers=headers)


@router.post(
    "/quotes/{uuid:quote_id}/win-deal", response=QuoteShape, summary="Win the deal of a quote", openapi_extra=VERSIONED
)
def win_deal_of_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """The deal that an accepted quote was made for is won, with its sum without VAT."""
    principal = require(request, "deal", "edit")
    require(request, "quote", "view")
    quote = seen_quote(principal, quote_id)
    refuse_stale(request, quote.version)
    win_with_quote(principal, quote)
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))


@router.post(
    "/quotes/{uuid:quote_id}/bring-back", response=QuoteShape, summary="Bring a draft back", openapi_extra=VERSIONED
)
def bring_a_quote_back(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """Out of the bin."""
    principal = require(request, "quote", "edit")
    require(request, "quote", "view")
    bring_back(principal, binned_quote(principal, quote_id))
    return versioned(request, telling.one(principal, seen_quote(principal, quote_id)))
