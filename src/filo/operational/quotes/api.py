"""Quotes at the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.rest import person_shown
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.catalogue.queries.finding import variants_by_sku
from filo.operational.deals.models import Deal
from filo.operational.parties.models import Party
from filo.operational.quotes.drafts import LineDraft
from filo.operational.quotes.filters import QUOTE_FILTERS
from filo.operational.quotes.models import Quote, QuoteLine
from filo.operational.quotes.queries.finding import lines_of, quote_link, seen_quote
from filo.operational.quotes.queries.listing import SORTS, quotes_found
from filo.operational.quotes.queries.paper import file_name, print_quote
from filo.operational.quotes.services import (
    Evidence,
    accept_quote,
    change_quote,
    draft_quote,
    new_version,
    reject_quote,
    send_quote,
    withdraw_quote,
    write_lines,
)

router = Router(tags=["quotes"])
Language = Literal["it", "en"]


class LineBody(Body):
    """A line. With a `sku` the price engine says what is left out; without one, words and price are needed."""

    id: UUID | None = None
    sku: str = Field("", max_length=60)
    description: str = Field("", max_length=1000)
    quantity: Decimal = Decimal(1)
    unit_price: Decimal | None = None
    discounts: str | None = Field(None, max_length=60)
    vat_rate: Decimal = Decimal(22)
    nature: str = Field("", max_length=4)
    optional: bool = False
    heading: bool = False


class QuoteBody(Body):
    """A quote for a customer."""

    party: UUID
    company: str = Field("", description="A selling company, by its code.")
    deal: UUID | None = None
    title: str = Field("", max_length=200)
    valid_until: date | None = None
    language: Language | None = None
    currency: str | None = Field(None, max_length=3)
    payment_terms: str = Field("", max_length=300)
    delivery_terms: str = Field("", max_length=300)
    notes: str = Field("", max_length=20_000)
    lines: list[LineBody] = Field(default_factory=list, max_length=500)


class QuoteChange(Body):
    """What changes of a draft; `lines` are all of them."""

    title: str = Field("", max_length=200)
    valid_until: date | None = None
    language: Language = "it"
    currency: str = Field("EUR", max_length=3)
    payment_terms: str = Field("", max_length=300)
    delivery_terms: str = Field("", max_length=300)
    notes: str = Field("", max_length=20_000)
    internal_note: str = Field("", max_length=20_000)
    lines: list[LineBody] = Field(default_factory=list, max_length=500)


class SendBody(Body):
    """To which address; empty: it was handed over by other means."""

    to: str = Field("", max_length=320)
    message: str = Field("", max_length=5_000)


class AcceptBody(Body):
    """Who accepted, and how; the optional lines that he takes."""

    name: str = Field(max_length=120)
    note: str = Field(max_length=500)
    chosen: list[UUID] | None = None


class RejectBody(Body):
    """Why not."""

    reason: str = Field(max_length=500)


class MoneyShape(Shape):
    """A sum in a currency."""

    amount: str
    currency: str


class LineShape(Shape):
    """A line with its price as it was told."""

    id: UUID
    sku: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    discounts: str
    vat_rate: str
    nature: str
    amount: str
    optional: bool
    chosen: bool
    heading: bool


class QuoteShape(Shape):
    """A quote. `party` is null for a customer whom one does not see; `number` is empty until it is sent."""

    id: UUID
    number: str
    revision: int
    state: str
    title: str
    party: dict[str, Any] | None
    company: str
    deal: UUID | None
    owner: dict[str, Any] | None
    valid_until: date
    language: str
    gross: bool
    net: MoneyShape
    vat: MoneyShape
    total: MoneyShape
    payment_terms: str
    delivery_terms: str
    notes: str
    created_at: datetime
    sent_at: datetime | None
    answered_at: datetime | None
    reject_reason: str
    views: int
    public_url: str
    lines: list[LineShape] | None
    version: int


class QuoteList(Shape):
    """A page of quotes, without their lines."""

    items: list[QuoteShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/quotes", response=QuoteList, summary="List quotes")
def list_quotes(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The quotes one sees. Orders: created, valid, total. Filters as on the page. `q` is a number, or words."""
    principal = require(request, "quote", "view")
    found = quotes_found(principal, None, asked.q).select_related("owner", "company")
    sort = asked if asked.sort else asked.model_copy(update={"sort": "-created"})
    page, count = listed(principal, found, sort, sorts=SORTS, filters=QUOTE_FILTERS)
    return list_answer(_shown(principal, page.rows), page.next, count)


@router.post("/quotes", response={201: QuoteShape}, summary="Draft a quote", openapi_extra=VERSIONED)
def add_quote(request: ApiRequest, body: QuoteBody) -> HttpResponse:
    """A draft, priced by the price engine."""
    principal = require(request, "quote", "create")
    party, deal = _party(principal, body.party), _deal(principal, body.deal)
    company = _company(body.company)
    facts = {name: value for name, value in _facts(body.sent()).items() if value is not None}
    lines = _drafts(principal, body.lines)
    quote = draft_quote(principal, party=party, company=company, deal=deal, lines=lines, facts=facts)
    headers = {"Location": f"/api/v1/quotes/{quote.id}"}
    return versioned(request, _one(principal, seen_quote(principal, quote.id)), status=201, headers=headers)


@router.get("/quotes/{uuid:quote_id}", response=QuoteShape, summary="Read a quote", openapi_extra=VERSIONED)
def get_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """One quote with its lines."""
    principal = require(request, "quote", "view")
    return versioned(request, _one(principal, seen_quote(principal, quote_id)))


@router.patch("/quotes/{uuid:quote_id}", response=QuoteShape, summary="Change a draft", openapi_extra=VERSIONED)
def patch_quote(request: ApiRequest, quote_id: UUID, body: QuoteChange) -> HttpResponse:
    """Facts and lines of a draft; all of it or nothing."""
    principal = require(request, "quote", "edit")
    quote, sent = seen_quote(principal, quote_id), body.sent()
    version = version_to_write(request, quote.version)
    try:
        with transaction.atomic():
            now = change_quote(principal, quote, version=version, **_facts(sent))
            if "lines" in sent:
                write_lines(principal, now, _drafts(principal, body.lines))
    except Stale as error:
        raise stale(_one(principal, seen_quote(principal, quote_id)), sent, error) from None
    return versioned(request, _one(principal, seen_quote(principal, quote_id)))


@router.post("/quotes/{uuid:quote_id}/send", response=QuoteShape, summary="Send a quote", openapi_extra=VERSIONED)
def send_a_quote(request: ApiRequest, quote_id: UUID, body: SendBody) -> HttpResponse:
    """By mail with PDF and link, or handed over; its number is given now."""
    principal = require(request, "quote", "send")
    send_quote(principal, seen_quote(principal, quote_id), to=body.to, message=body.message)
    return versioned(request, _one(principal, seen_quote(principal, quote_id)))


@router.post("/quotes/{uuid:quote_id}/accept", response=QuoteShape, summary="Accept a quote", openapi_extra=VERSIONED)
def accept_a_quote(request: ApiRequest, quote_id: UUID, body: AcceptBody) -> HttpResponse:
    """Write down that the customer accepted, and how."""
    principal = require(request, "quote", "edit")
    evidence = Evidence(body.name, note=body.note)
    accept_quote(principal, seen_quote(principal, quote_id), evidence=evidence, chosen=body.chosen)
    return versioned(request, _one(principal, seen_quote(principal, quote_id)))


@router.post("/quotes/{uuid:quote_id}/reject", response=QuoteShape, summary="Reject a quote", openapi_extra=VERSIONED)
def reject_a_quote(request: ApiRequest, quote_id: UUID, body: RejectBody) -> HttpResponse:
    """Write down that the customer does not take it, and why."""
    principal = require(request, "quote", "edit")
    reject_quote(principal, seen_quote(principal, quote_id), reason=body.reason)
    return versioned(request, _one(principal, seen_quote(principal, quote_id)))


@router.post(
    "/quotes/{uuid:quote_id}/withdraw", response=QuoteShape, summary="Withdraw a quote", openapi_extra=VERSIONED
)
def withdraw_a_quote(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """It is not offered any more."""
    principal = require(request, "quote", "edit")
    withdraw_quote(principal, seen_quote(principal, quote_id))
    return versioned(request, _one(principal, seen_quote(principal, quote_id)))


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
    return versioned(request, _one(principal, seen_quote(principal, made.id)), status=201)


@router.get("/quotes/{uuid:quote_id}/pdf", summary="Print a quote")
def get_quote_pdf(request: ApiRequest, quote_id: UUID) -> HttpResponse:
    """The PDF as it is printed now."""
    principal = require(request, "quote", "view")
    quote = seen_quote(principal, quote_id)
    answer = HttpResponse(print_quote(quote, with_evidence=quote.state == "accepted"), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{file_name(quote)}"'
    return answer


def _facts(sent: dict[str, Any]) -> dict[str, Any]:
    names = (
        *("title", "valid_until", "language", "currency", "payment_terms", "delivery_terms", "notes"),
        "internal_note",
    )
    return {name: sent[name] for name in names if name in sent}


def _drafts(principal: Principal, lines: Sequence[LineBody]) -> list[LineDraft]:
    known = variants_by_sku(principal, [line.sku for line in lines if line.sku])
    problems: dict[str, Any] = {}
    found = []
    for place, line in enumerate(lines):
        if line.sku and line.sku not in known:
            problems[f"lines.{place}.sku"] = _("There is no article of this code.")
            continue
        facts = line.model_dump(exclude={"sku"})
        found.append(LineDraft(variant_id=known[line.sku].variant_id if line.sku else None, **facts))
    if problems:
        raise InvalidFields(problems)
    return found


def _party(principal: Principal, party_id: UUID) -> Party:
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({"party": NotFound.sentence})
    return found


def _deal(principal: Principal, deal_id: UUID | None) -> Deal | None:
    if deal_id is None:
        return None
    found = Deal.objects.visible_to(principal).filter(pk=deal_id).first()
    if found is None:
        raise InvalidFields({"deal": NotFound.sentence})
    return found


def _company(code: str) -> SellingCompany | None:
    if not code:
        return None
    found = SellingCompany.objects.filter(code=code).first()
    if found is None:
        raise InvalidFields({"company": _("Choose the company that sells.")})
    return found


def _one(principal: Principal, quote: Quote) -> dict[str, Any]:
    return _shown(principal, [quote])[0] | {"lines": [_line(line) for line in lines_of(quote)]}


def _shown(principal: Principal, quotes: Sequence[Quote]) -> list[dict[str, Any]]:
    """The quotes; a customer is named only to whom sees him."""
    ids = {quote.party_id for quote in quotes}
    rows = Party.objects.visible_to(principal).filter(pk__in=ids) if principal.may("party", "view") and ids else []
    seen = {party.id: party for party in rows}
    return [_shape(quote, seen.get(quote.party_id)) for quote in quotes]


def _shape(quote: Quote, party: Party | None) -> dict[str, Any]:
    plain = (
        *("id", "revision", "state", "title", "valid_until", "language", "gross", "payment_terms", "delivery_terms"),
        *("notes", "created_at", "sent_at", "answered_at", "reject_reason", "views", "version"),
    )
    money = {name: {"amount": f"{getattr(quote, name):f}", "currency": quote.currency} for name in MONEY}
    about = {"id": party.id, "kind": party.kind, "display_name": party.display_name} if party else None
    return (
        {name: getattr(quote, name) for name in plain}
        | money
        | {
            "number": quote.name if quote.number else "",
            "party": about,
            "company": quote.company.code,
            "deal": quote.deal_id,
            "owner": person_shown(quote.owner) if quote.owner else None,
            "public_url": "" if quote.is_early else quote_link(quote),
            "lines": None,
        }
    )


MONEY = ("net", "vat", "total")


def _line(line: QuoteLine) -> dict[str, Any]:
    plain = ("id", "description", "unit", "discounts", "nature", "optional", "chosen", "heading")
    numbers = ("quantity", "unit_price", "vat_rate", "amount")
    told = {name: f"{getattr(line, name).normalize():f}" for name in numbers} | {"amount": f"{line.amount:f}"}
    return {name: getattr(line, name) for name in plain} | told | {"sku": line.code}
