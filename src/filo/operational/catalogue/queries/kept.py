"""Catalogues as the house sees them: those of the companies one works in, and those of no company."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.catalogue.models import Catalogue, CatalogueGuest, CatalogueItem, Product
from filo.operational.catalogue.queries.showing import within
from filo.operational.parties.models import Party


def catalogues_seen(principal: Principal, text: str = "") -> QuerySet[Catalogue]:
    """Those one sees, of which the name holds every word. Raises `Forbidden`."""
    principal.require("product", "view")
    rows = Catalogue.objects.select_related("company")
    if principal.company_ids is not None:
        rows = rows.filter(Q(company=None) | Q(company__in=principal.company_ids))
    for word in text.split()[:8]:
        rows = rows.filter(name__icontains=word)
    return rows


def seen_catalogue(principal: Principal, catalogue_id: UUID) -> Catalogue:
    """The catalogue with this id. Raises `Forbidden`, `NotFound`."""
    found = catalogues_seen(principal).filter(pk=catalogue_id).first()
    if found is None:
        raise NotFound
    return found


def held_products(principal: Principal, catalogue: Catalogue, day: date) -> QuerySet[Product]:
    """The products it holds, of those one sees; with `by_hand`, and `shown`: whether customers see them on a day."""
    rows = Product.objects.visible_to(principal).filter(within(catalogue)).prefetch_related("texts")
    by_hand = CatalogueItem.objects.filter(catalogue=catalogue, product=OuterRef("pk"))
    shown = Product.objects.on_sale(day).filter(pk=OuterRef("pk"))
    return rows.annotate(by_hand=Exists(by_hand), shown=Exists(shown))


def guests_seen(principal: Principal, catalogue: Catalogue) -> QuerySet[CatalogueGuest]:
    """Those a catalogue is open to by name, if this principal may see them."""
    seen = Party.objects.visible_to(principal)
    return CatalogueGuest.objects.filter(catalogue=catalogue, party__in=seen).select_related("party")
