"""A list of quotes: narrowed, sorted, paged and counted, for pages and API alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.tree import Tree, compile_tree
from filo.foundation.search.queries import notes_with
from filo.foundation.search.typed import stems_of
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import ids_matching
from filo.operational.parties.queries.naming import names_of
from filo.operational.quotes.filters import QUOTE_FILTERS
from filo.operational.quotes.findable import KIND
from filo.operational.quotes.models import Quote

NUMBER = re.compile(r"(20\d\d)\s*[/-]\s*(\d{1,9})")
SORTS = {
    "created": (Key("created_at"), Key("id")),
    "-created": (Key("created_at", descending=True), Key("id", descending=True)),
    "valid": (Key("valid_until"), Key("id")),
    "-valid": (Key("valid_until", descending=True), Key("id", descending=True)),
    "total": (Key("total"), Key("id")),
    "-total": (Key("total", descending=True), Key("id", descending=True)),
}
SORT_LABELS = {
    "-created": gettext_lazy("Newest"),
    "valid": gettext_lazy("Valid until"),
    "-total": gettext_lazy("Total"),
}


@dataclass(frozen=True)
class Row:
    """A quote as a row; `party` is empty for a customer whom one does not see."""

    quote: Quote
    party: str


def quotes_found(principal: Principal, tree: Tree | None, text: str) -> QuerySet[Quote]:
    """The visible quotes that match, without order: by number, by their words, or by their customer.

    Raises `BadRequest` for an unknown filter.
    """
    found = Quote.objects.visible_to(principal).filter(compile_tree(tree, QUOTE_FILTERS, principal))
    text = text.strip()
    if not text:
        return found
    if named := NUMBER.search(text):
        return found.filter(year=int(named.group(1)), number=int(named.group(2)))
    words = Q()
    for word in text.split()[:8]:
        words &= Q(title__icontains=word)
    if stems := stems_of(text):
        words |= Q(pk__in=notes_with(KIND, stems).values("object_id"))
    customers = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    return found.filter(words | Q(party__in=customers.values("pk")))


def page_of_quotes(found: QuerySet[Quote], *, sort: str, size: int, cursor: str) -> Page[Quote]:
    """One page of a list. Raises `BadRequest` for an unknown order."""
    keys = SORTS.get(sort)
    if keys is None:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": sort[:40]}, code="bad-sort")
    return page_of(found.select_related("owner", "company"), keys, size=size, cursor=cursor)


def rows_of(principal: Principal, quotes: Sequence[Quote]) -> list[Row]:
    """The same with the names of customers that this principal sees."""
    names = names_of(principal, {quote.party_id for quote in quotes})
    return [Row(quote, names.get(quote.party_id, "")) for quote in quotes]
