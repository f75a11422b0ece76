"""Whether there is a shop, and what a visitor may see in it: the one way in which its pages read products."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from filo.collaborative.shop.models import Offer, Shop
from filo.collaborative.visitors.models import Visitor
from filo.foundation import clock
from filo.operational.catalogue.models import Catalogue, Product
from filo.operational.catalogue.queries.showing import catalogue_by_link, open_to, published_on, shown_to, within
from filo.operational.parties.models import Party


@dataclass(frozen=True)
class Shelf:
    """What a visitor may see. catalogue: the one he looks into, if it is open to him; gone: he asked for one that is
    not; link: what opens it to him, to be kept with what he puts into his cart.
    """

    shop: Shop
    party: Party | None
    products: QuerySet[Product]
    catalogue: Catalogue | None = None
    asked: str = ""

    @property
    def gone(self) -> bool:
        """Whether he came by a link that does not hold (any more)."""
        return bool(self.asked) and self.catalogue is None

    @property
    def link(self) -> str:
        """What his address says of the catalogue."""
        return self.asked if self.catalogue is not None else ""


def the_shop() -> Shop | None:
    """The shop that is open; None where there is none, or it is closed."""
    return Shop.objects.select_related("company").filter(open=True).first()


def sells() -> bool:
    """Whether there is an open shop with something in it."""
    return Offer.objects.exists() and Shop.objects.filter(open=True).exists()


def known_in(visitor: Visitor | None) -> Party | None:
    """Whose catalogues and prices a visitor sees: the customer he is recognised as, by more than his own word."""
    return visitor.known if visitor else None


def shelf_of(shop: Shop, visitor: Visitor | None, asked: str = "") -> Shelf:
    """What a visitor may see; `asked`: the code of an open catalogue, or the signed link of a reserved one."""
    party, day = known_in(visitor), clock.today()
    catalogue = _catalogue(asked, party) if asked else None
    rows = shown_to(party, asked if catalogue else None, day)
    rows = rows.filter(Q(company=None) | Q(company=shop.company_id))
    if catalogue is not None:
        rows = rows.filter(within(catalogue))
    return Shelf(shop, party, rows, catalogue, asked)


def open_catalogues(shelf: Shelf) -> list[Catalogue]:
    """Those that are open to the visitor without a link, of this company or of none."""
    found = open_to(shelf.party, None, clock.today())
    return [one for one in found if one.company_id in (None, shelf.shop.company_id)]


def _catalogue(asked: str, party: Party | None) -> Catalogue | None:
    day = clock.today()
    found = catalogue_by_link(asked)
    if found is not None:
        return published_on(day).filter(pk=found.pk).first()
    return next((one for one in open_to(party, None, day) if one.code == asked), None)
