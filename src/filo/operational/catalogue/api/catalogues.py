"""Catalogues at the API: put together, opened to whom they are for, published and withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from filo.foundation import clock
from filo.foundation.audit.operations import one_operation
from filo.foundation.errors import InvalidFields, NotFound, Stale
from filo.foundation.rest.answers import answer, no_content
from filo.foundation.rest.document import VERSIONED
from filo.foundation.rest.lists import ListParams, PageParams, list_answer, listed, page_in
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.versions import refuse_stale, stale, version_to_write, versioned
from filo.foundation.web.paging import Key, capped_count
from filo.operational.catalogue.api import telling
from filo.operational.catalogue.api.catalogue_shapes import (
    CatalogueBody,
    CatalogueChange,
    CatalogueGuestBody,
    CatalogueGuestList,
    CatalogueItemList,
    CatalogueItemsBody,
    CatalogueItemsPut,
    CatalogueLink,
    CatalogueList,
    CatalogueShape,
)
from filo.operational.catalogue.filters import CATALOGUE_FILTERS
from filo.operational.catalogue.models import Product
from filo.operational.catalogue.queries.kept import catalogues_seen, guests_seen, held_products, seen_catalogue
from filo.operational.catalogue.queries.showing import link_of
from filo.operational.catalogue.queries.wordings import texts_of_many
from filo.operational.catalogue.services.catalogues import invite, put_into, save_catalogue, take_out, uninvite
from filo.operational.catalogue.services.publication import new_link, publish_catalogue
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import seen_party

router = Router(tags=["catalogues"])
SORTS = {
    "name": (Key("name"), Key("id")),
    "-created": (Key("created_at", descending=True), Key("id", descending=True)),
    "created": (Key("created_at"), Key("id")),
}
BY_NAME = (Key("folded"), Key("id"))
BY_ID = (Key("id"),)


@router.get("/catalogues", response=CatalogueList, summary="List catalogues")
def list_catalogues(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """The catalogues one sees. Orders: name, created. Filters: `published`, `open` (today), `company`, `code`."""
    principal = require(request, "product", "view")
    found = catalogues_seen(principal, asked.q).order_by()
    page, count = listed(principal, found, asked, sorts=SORTS, filters=CATALOGUE_FILTERS)
    texts = texts_of_many(page.rows)
    return list_answer([telling.catalogue(one, texts[one.pk]) for one in page.rows], page.next, count)


@router.post("/catalogues", response={201: CatalogueShape}, summary="Make a catalogue", openapi_extra=VERSIONED)
def add_catalogue(request: ApiRequest, body: CatalogueBody) -> HttpResponse:
    """One more; it is seen by customers once it is published."""
    principal = require(request, "product", "edit")
    with one_operation(), transaction.atomic():
        found = save_catalogue(principal, None, telling.with_company(body.sent()))
        telling.catalogue_texts(principal, found, body.texts)
    headers = {"Location": f"/api/v1/catalogues/{found.pk}"}
    return versioned(request, telling.one_catalogue(principal, found.pk), status=201, headers=headers)


@router.get(
    "/catalogues/{uuid:catalogue_id}", response=CatalogueShape, summary="Read a catalogue", openapi_extra=VERSIONED
)
def get_catalogue(request: ApiRequest, catalogue_id: UUID) -> HttpResponse:
    """One catalogue."""
    return versioned(request, telling.one_catalogue(require(request, "product", "view"), catalogue_id))


@router.patch(
    "/catalogues/{uuid:catalogue_id}", response=CatalogueShape, summary="Change a catalogue", openapi_extra=VERSIONED
)
def patch_catalogue(request: ApiRequest, catalogue_id: UUID, body: CatalogueChange) -> HttpResponse:
    """What it is called, what it holds by a filter, whom it is for, and when."""
    principal = require(request, "product", "edit")
    found, sent = seen_catalogue(principal, catalogue_id), body.sent()
    version = version_to_write(request, found.version)
    try:
        with one_operation(), transaction.atomic():
            save_catalogue(principal, found, telling.with_company(sent), version=version)
            telling.catalogue_texts(principal, found, body.texts)
    except Stale as error:
        raise stale(telling.one_catalogue(principal, catalogue_id), sent, error) from None
    return versioned(request, telling.one_catalogue(principal, catalogue_id))


@router.post(
    "/catalogues/{uuid:catalogue_id}/publish",
    response=CatalogueShape,
    summary="Publish a catalogue",
    openapi_extra=VERSIONED,
)
def publish_a_catalogue(request: ApiRequest, catalogue_id: UUID) -> HttpResponse:
    """Open it to those it is for; twice changes nothing."""
    return _published(request, catalogue_id, published=True)


@router.post(
    "/catalogues/{uuid:catalogue_id}/withdraw",
    response=CatalogueShape,
    summary="Withdraw a catalogue",
    openapi_extra=VERSIONED,
)
def withdraw_a_catalogue(request: ApiRequest, catalogue_id: UUID) -> HttpResponse:
    """Nobody sees it any more, not by its link either; twice changes nothing."""
    return _published(request, catalogue_id, published=False)


def _published(request: ApiRequest, catalogue_id: UUID, *, published: bool) -> HttpResponse:
    principal = require(request, "product", "edit")
    found = seen_catalogue(principal, catalogue_id)
    publish_catalogue(principal, found, published=published, version=version_to_write(request, found.version))
    return versioned(request, telling.one_catalogue(principal, catalogue_id))


@router.get("/catalogues/{uuid:catalogue_id}/link", response=CatalogueLink, summary="Read the link of a catalogue")
def get_catalogue_link(request: ApiRequest, catalogue_id: UUID) -> dict[str, str]:
    """It is signed anew each time; all of them hold until the link is made anew."""
    principal = require(request, "product", "view")
    return {"link": link_of(seen_catalogue(principal, catalogue_id))}


@router.post(
    "/catalogues/{uuid:catalogue_id}/link", response=CatalogueLink, summary="Make the link of a catalogue anew"
)
def make_catalogue_link(request: ApiRequest, catalogue_id: UUID) -> dict[str, str]:
    """Whoever has an older link sees nothing by it any more."""
    principal = require(request, "product", "edit")
    found = seen_catalogue(principal, catalogue_id)
    return {"link": link_of(new_link(principal, found, version=version_to_write(request, found.version)))}


@router.get(
    "/catalogues/{uuid:catalogue_id}/products", response=CatalogueItemList, summary="List the products of a catalogue"
)
def list_catalogue_products(request: ApiRequest, catalogue_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """What it holds, by name: put in by hand or chosen by its filter."""
    principal = require(request, "product", "view")
    found = held_products(principal, seen_catalogue(principal, catalogue_id), clock.today())
    page = page_in(found, BY_NAME, asked)
    return list_answer([telling.held(one) for one in page.rows], page.next, capped_count(found))


@router.post(
    "/catalogues/{uuid:catalogue_id}/products",
    response=CatalogueItemsPut,
    summary="Put products into a catalogue",
)
def put_catalogue_products(request: ApiRequest, catalogue_id: UUID, body: CatalogueItemsBody) -> HttpResponse:
    """By hand, at the end, all of them or none; those that are there already stay where they are."""
    principal = require(request, "product", "edit")
    catalogue = seen_catalogue(principal, catalogue_id)
    refuse_stale(request, catalogue.version)
    known = {one.pk: one for one in Product.objects.visible_to(principal).filter(pk__in=body.products)}
    if lacking := [place for place, pk in enumerate(body.products) if pk not in known]:
        raise InvalidFields({f"products.{place}": NotFound.sentence for place in lacking})
    products = [known[pk] for pk in dict.fromkeys(body.products)]
    return answer({"put": put_into(principal, catalogue, products)})


@router.delete(
    "/catalogues/{uuid:catalogue_id}/products/{uuid:product_id}",
    response={204: None},
    summary="Take a product out of a catalogue",
)
def take_catalogue_product(request: ApiRequest, catalogue_id: UUID, product_id: UUID) -> HttpResponse:
    """One that was put in by hand; what the filter chooses stays. Twice changes nothing."""
    principal = require(request, "product", "edit")
    catalogue = seen_catalogue(principal, catalogue_id)
    refuse_stale(request, catalogue.version)
    take_out(principal, catalogue, product_id)
    return no_content()


@router.get(
    "/catalogues/{uuid:catalogue_id}/guests", response=CatalogueGuestList, summary="List the guests of a catalogue"
)
def list_catalogue_guests(request: ApiRequest, catalogue_id: UUID, asked: Query[PageParams]) -> HttpResponse:
    """The customers it is open to by name, those one sees."""
    principal = require(request, "product", "view")
    require(request, "party", "view")
    found = guests_seen(principal, seen_catalogue(principal, catalogue_id))
    page = page_in(found, BY_ID, asked)
    items = [{"party": one.party_id, "name": one.party.display_name} for one in page.rows]
    return list_answer(items, page.next, capped_count(found))


@router.post("/catalogues/{uuid:catalogue_id}/guests", response={204: None}, summary="Open a catalogue to a customer")
def invite_catalogue_guest(request: ApiRequest, catalogue_id: UUID, body: CatalogueGuestBody) -> HttpResponse:
    """By name; twice changes nothing."""
    principal = require(request, "product", "edit")
    require(request, "party", "view")
    catalogue = seen_catalogue(principal, catalogue_id)
    party = Party.objects.visible_to(principal).filter(pk=body.party).first()
    if party is None:
        raise InvalidFields({"party": _("There is no such customer, or he is not yours to see.")})
    invite(principal, catalogue, party)
    return no_content()


@router.delete(
    "/catalogues/{uuid:catalogue_id}/guests/{uuid:party_id}",
    response={204: None},
    summary="Close a catalogue to a guest",
)
def uninvite_catalogue_guest(request: ApiRequest, catalogue_id: UUID, party_id: UUID) -> HttpResponse:
    """He is a guest no longer; twice changes nothing."""
    principal = require(request, "product", "edit")
    require(request, "party", "view")
    uninvite(principal, seen_catalogue(principal, catalogue_id), seen_party(principal, party_id))
    return no_content()
