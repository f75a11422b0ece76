"""Of which class a customer is for prices, at the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from filo.foundation.errors import Stale
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Body, Shape
from filo.foundation.rest.versions import stale, version_to_write, versioned
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party
from filo.operational.prices.models import PartyClass
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.discounts import set_class

router = Router(tags=["parties"])


class ClassChange(Body):
    """A word of the firm's own, for all of its companies; empty: of no class."""

    word: str = Field("", max_length=40)


class ClassOfCompany(Shape):
    """Another word with one company, which goes before."""

    company: str
    word: str


class ClassShape(Shape):
    """Of which class a customer is."""

    word: str
    companies: list[ClassOfCompany]
    version: int


@router.get(
    "/parties/{uuid:party_id}/price-class",
    response=ClassShape,
    summary="Read a party's price class",
    openapi_extra=VERSIONED,
)
def get_price_class(request: ApiRequest, party_id: UUID) -> HttpResponse:
    """By it price lists, discounts and coupons are for some and not for others."""
    return versioned(request, _told(seen_party(require(request, "price", "view"), party_id)))


@router.patch(
    "/parties/{uuid:party_id}/price-class",
    response=ClassShape,
    summary="Change a party's price class",
    openapi_extra=VERSIONED,
)
def patch_price_class(request: ApiRequest, party_id: UUID, body: ClassChange) -> HttpResponse:
    """Say it, or take it away."""
    principal = require(request, "price", "edit")
    party, sent = seen_party(principal, party_id), body.sent()
    now = _told(party)
    version = version_to_write(request, now["version"])
    if "word" in sent:
        try:
            set_class(principal, party, sent["word"], version=version)
        except Stale as error:
            raise stale(_told(party), sent, error) from None
    return versioned(request, _told(party))


def _told(party: Party) -> dict[str, Any]:
    rows = PartyClass.objects.filter(party=party).select_related("company").order_by("company__code")
    words = {one.company.code if one.company else "": one.word for one in rows}
    word = words.pop("", "")
    companies = [{"company": code, "word": told} for code, told in words.items()]
    return {"word": word, "companies": companies, "version": version_of(word)}
