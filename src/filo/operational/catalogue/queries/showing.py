"""Which products a customer may see: what is on sale, and what the catalogues that are open to him hold.

A catalogue is open to a customer when it is published, its days have come and not gone, and it is for everybody, for
those a filter names, for guests by name, or for whoever has its link.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import parse_qs
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from filo.foundation.access.principal import Principal, system
from filo.foundation.errors import BadRequest
from filo.foundation.filters.asking import tree_of
from filo.foundation.filters.tree import Tree, compile_tree, compile_with_ties
from filo.operational.catalogue.filters import PRODUCT_FILTERS
from filo.operational.catalogue.models import Catalogue, CatalogueGuest, CatalogueItem, Product
from filo.operational.catalogue.queries.searching import narrowed
from filo.operational.parties.filters import PARTY_FILTERS
from filo.operational.parties.models import Party, Reach
from filo.operational.parties.queries.matching import matching_ids

SALT = "catalogue.link"
HOUSE = system("catalogue")
MOST_NAMED = 500


def shown_to(party: Party | None, token: str | None, day: date) -> QuerySet[Product]:
    """The products that a customer (None: anybody) may see on a day; `token`: the signed link he came by, if any.

    Without order; `for_list` fetches what rows show.
    """
    sold = Product.objects.on_sale(day)
    found = Q(reserved=False)
    for catalogue in open_to(party, token, day):
        found |= within(catalogue)
    return sold.filter(found)


def open_to(party: Party | None, token: str | None, day: date) -> list[Catalogue]:
    """The catalogues that are open to a customer on a day."""
    by_link = catalogue_by_link(token) if token else None
    return [one for one in published_on(day) if one == by_link or is_for(one, party)]


def published_on(day: date) -> QuerySet[Catalogue]:
    """Those whose days have come and not gone."""
    rows = Catalogue.objects.filter(published=True)
    return rows.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


def is_for(catalogue: Catalogue, party: Party | None) -> bool:
    """Whether it is for this customer without a link."""
    if catalogue.everybody:
        return True
    if party is None:
        return False
    if CatalogueGuest.objects.filter(catalogue=catalogue, party=party).exists():
        return True
    tree = customers_tree(catalogue)
    if not tree:
        return False
    ties, rest = compile_with_ties(tree, PARTY_FILTERS, HOUSE)
    rows = Party.objects.filter(rest, pk=party.pk)
    if ties != Q():
        rows = rows.filter(Exists(Reach.objects.visible_to(HOUSE).filter(ties, party=OuterRef("pk"))))
    return rows.exists()


def within(catalogue: Catalogue) -> Q:
    """The products it holds: those put in by hand and those its filter names."""
    found = Q(pk__in=CatalogueItem.objects.filter(catalogue=catalogue).values("product"))
    query = asked_in(catalogue.chosen_by)
    if query:
        chosen: QuerySet[Product] = Product.objects.filter(
            compile_tree(products_tree(catalogue), PRODUCT_FILTERS, HOUSE)
        )
        if text := query.get("q", ""):
            chosen = narrowed(chosen, text)
        found |= Q(pk__in=chosen.values("pk"))
    return found & (Q(company=None) | Q(company=catalogue.company_id)) if catalogue.company_id else found


def products_in(catalogue: Catalogue, day: date) -> QuerySet[Product]:
    """What it shows on a day: reserved products too, but only what is on sale; in the order they were put in."""
    place = CatalogueItem.objects.filter(catalogue=catalogue, product=OuterRef("pk")).values("position")[:1]
    rows = Product.objects.on_sale(day).filter(within(catalogue)).for_list().prefetch_related("images", "variants")
    return rows.annotate(place=place).order_by("place", "folded", "pk")


def asked_in(kept: Mapping[str, str]) -> MultiValueDict[str, str]:
    """What stands in the address of a list that was kept."""
    return MultiValueDict(parse_qs(kept.get("query", ""), keep_blank_values=True))


def products_tree(catalogue: Catalogue) -> Tree | None:
    """The filter over products. Raises `BadRequest` where a field is gone."""
    return tree_of(asked_in(catalogue.chosen_by), PRODUCT_FILTERS, HOUSE)


def customers_tree(catalogue: Catalogue) -> Tree | None:
    """The filter over customers; None where there is none, or where it names a field that is gone: then nobody."""
    try:
        return tree_of(asked_in(catalogue.for_whom), PARTY_FILTERS, HOUSE)
    except BadRequest:
        return None


def who_may_see(principal: Principal, catalogue: Catalogue) -> tuple[list[Party], list[Party]]:
    """The customers a catalogue is open to by its filter, and its guests; those this principal may see."""
    tree = customers_tree(catalogue)
    ids: Iterable[UUID] = matching_ids(principal, text="", tree=tree, most=MOST_NAMED) if tree else []
    seen = Party.objects.visible_to(principal)
    guests = CatalogueGuest.objects.filter(catalogue=catalogue).values("party")
    return (
        list(seen.filter(pk__in=list(ids)).order_by("sort_name")),
        list(seen.filter(pk__in=guests).order_by("sort_name")),
    )


def link_of(catalogue: Catalogue) -> str:
    """The address that opens it, until a new link is made or its days are over."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('catalogue:public', args=[token_of(catalogue)])}"


def token_of(catalogue: Catalogue) -> str:
    """What stands in that address."""
    return signing.dumps([str(catalogue.pk), str(catalogue.key)], salt=SALT, compress=True)


def catalogue_by_link(token: str) -> Catalogue | None:
    """The catalogue whose link this is; None for one that is forged or was replaced by a newer."""
    try:
        pk, key = signing.loads(token, salt=SALT)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Catalogue.objects.filter(pk=pk, key=key).first()
