"""Rates of exchange at the API: what is known, one by hand, and where they are fetched from."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.errors import NotFound, Stale
from filo.foundation.filters.conditions import CHOICE, PAST, among, by_day
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.rest.answers import answer, moment
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Day, Shape
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.foundation.web.paging import Key
from filo.operational.prices.api import scoped
from filo.operational.prices.models import ExchangeRate, RateSource
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.fetching import fetch_now, save_source
from filo.operational.prices.services.rates import set_rate

router = Router(tags=["exchange-rates"])
SORTS = {
    "-day": (Key("day", descending=True), Key("currency"), Key("id")),
    "day": (Key("day"), Key("currency"), Key("id")),
    "currency": (Key("currency"), Key("day", descending=True), Key("id")),
}
FILTERS = FilterSet.of(
    FilterField("currency", "currency", CHOICE, among("currency")),
    FilterField("day", "day", PAST, by_day("day")),
    FilterField("source", "source", CHOICE, among("source")),
)


class RateBody(Body):
    """How much of a currency one euro buys, from a day on until the next rate."""

    currency: str = Field(min_length=3, max_length=3)
    day: Day
    rate: Decimal = Field(max_digits=18, decimal_places=6)


class RateShape(Shape):
    """A rate; `source` says who told it: `ECB`, or `by hand`."""

    id: UUID
    currency: str
    day: Day
    rate: str
    source: str


class RateList(Shape):
    """A page of rates."""

    items: list[RateShape]
    next: str | None
    count: int
    count_is_exact: bool


class SourceChange(Body):
    """The address of the daily rates; empty: nobody is asked."""

    url: str = Field("", max_length=2000)


class SourceShape(Shape):
    """Where rates are fetched from each day, and what came of it."""

    url: str
    asked_at: datetime | None
    failures: int = Field(description="How often in a row it did not work.")
    failed_because: str
    version: int


class FetchShape(Shape):
    """The job that fetches them, and whether it has begun."""

    job: UUID
    state: str


@router.get("/exchange-rates", response=RateList, summary="List exchange rates")
def list_exchange_rates(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The latest first. Orders: day, currency. Filters: `currency`, `day`, `source`."""
    principal = require(request, "settings", "view")
    page, count = listed(principal, ExchangeRate.objects.order_by(), asked, sorts=SORTS, filters=FILTERS)
    return list_answer([_shape(one) for one in page.rows], page.next, count)


@router.post("/exchange-rates", response={201: RateShape}, summary="Write an exchange rate")
def write_exchange_rate(request: ApiRequest, body: RateBody) -> HttpResponse:
    """One rate by hand, in place of what was said of that day."""
    principal = require(request, "settings", "edit")
    made = set_rate(principal, body.currency.upper(), body.day, body.rate)
    return answer(_shape(made), status=201, headers={"Location": f"/api/v1/exchange-rates/{made.pk}"})


@router.get("/exchange-rates/{uuid:rate_id}", response=RateShape, summary="Read an exchange rate")
def get_exchange_rate(request: ApiRequest, rate_id: UUID) -> HttpResponse:
    """One rate."""
    require(request, "settings", "view")
    found = ExchangeRate.objects.filter(pk=rate_id).first()
    if found is None:
        raise NotFound
    return answer(_shape(found))


@router.get(
    "/exchange-rates/source", response=SourceShape, summary="Read where rates come from", openapi_extra=VERSIONED
)
def get_rate_source(request: ApiRequest) -> HttpResponse:
    """The address, and what came of the last time."""
    require(request, "settings", "view")
    return versioned(request, _source())


@router.patch(
    "/exchange-rates/source", response=SourceShape, summary="Say where rates come from", openapi_extra=VERSIONED
)
def patch_rate_source(request: ApiRequest, body: SourceChange) -> HttpResponse:
    """They are fetched from there each day; an empty address ends it."""
    principal = require(request, "settings", "edit")
    sent, now = body.sent(), _source()
    if "url" not in sent:
        return versioned(request, now)
    try:
        save_source(principal, sent["url"], version=version_to_write(request, now["version"]))
    except Stale as error:
        raise stale(_source(), sent, error) from None
    return versioned(request, _source())


@router.post("/exchange-rates/fetch", response={202: FetchShape}, summary="Fetch exchange rates now")
def fetch_exchange_rates(request: ApiRequest) -> HttpResponse:
    """At once, from the address that was said; what came of it is told by the job and by the source."""
    job = fetch_now(require(request, "settings", "edit"))
    return answer({"job": job.id, "state": job.state}, status=202)


def _shape(found: ExchangeRate) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in ("id", "currency", "day", "source")}
    return told | {"rate": scoped.number(found.rate)}


def _source() -> dict[str, Any]:
    found = RateSource.objects.first() or RateSource()
    told = {name: getattr(found, name) for name in ("url", "failures", "failed_because")}
    return told | {"asked_at": moment(found.asked_at), "version": version_of(found.url)}
