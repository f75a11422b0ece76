"""A list of deals: narrowed, sorted, paged and counted, for pages and API alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.errors import BadRequest
from filo.foundation.filters.tree import Tree, compile_tree
from filo.foundation.search.queries import notes_with
from filo.foundation.search.typed import stems_of
from filo.foundation.web.paging import Key, Page, page_of
from filo.operational.deals.filters import DEAL_FILTERS
from filo.operational.deals.findable import KIND
from filo.operational.deals.models import Deal
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import ids_matching
from filo.operational.parties.queries.naming import names_of

SORTS = {
    "close": (Key("close_date", nullable=True), Key("id")),
    "-close": (Key("close_date", descending=True, nullable=True), Key("id", descending=True)),
    "opened": (Key("created_at"), Key("id")),
    "-opened": (Key("created_at", descending=True), Key("id", descending=True)),
    "amount": (Key("amount"), Key("id")),
    "-amount": (Key("amount", descending=True), Key("id", descending=True)),
    "score": (Key("score"), Key("id")),
    "-score": (Key("score", descending=True), Key("id", descending=True)),
    "next": (Key("next_on", nullable=True), Key("id")),
    "-next": (Key("next_on", descending=True, nullable=True), Key("id", descending=True)),
    "title": (Key("title"), Key("id")),
    "-title": (Key("title", descending=True), Key("id", descending=True)),
}
SORT_LABELS = {
    "close": gettext_lazy("Expected close"),
    "next": gettext_lazy("Next step"),
    "-amount": gettext_lazy("Amount"),
    "-score": gettext_lazy("Points"),
    "-opened": pgettext_lazy("a moment", "Opened"),
}


@dataclass(frozen=True)
class Row:
    """A deal as a row; `party` is empty for a customer whom one does not see."""

    deal: Deal
    party: str


def deals_found(principal: Principal, tree: Tree | None, text: str) -> QuerySet[Deal]:
    """The visible deals that match, without order: by their words, or by their customer.

    Raises `BadRequest` for an unknown filter.
    """
    found = Deal.objects.visible_to(principal).filter(compile_tree(tree, DEAL_FILTERS, principal))
    text = text.strip()
    if not text:
        return found
    words = Q()
    for word in text.split()[:8]:
        words &= Q(title__icontains=word)
    if stems := stems_of(text):
        words |= Q(pk__in=notes_with(KIND, stems).values("object_id"))
    customers = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    return found.filter(words | Q(party__in=customers.values("pk")))


def page_of_deals(found: QuerySet[Deal], *, sort: str, size: int, cursor: str) -> Page[Deal]:
    """One page of a list. Raises `BadRequest` for an unknown order."""
    keys = SORTS.get(sort)
    if keys is None:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": sort[:40]}, code="bad-sort")
    rows = found.select_related("stage", "pipeline", "owner", "company", "area", "product_line")
    return page_of(rows, keys, size=size, cursor=cursor)


def rows_of(principal: Principal, deals: Sequence[Deal]) -> list[Row]:
    """The same with the names of customers that this principal sees."""
    names = names_of(principal, {deal.party_id for deal in deals})
    return [Row(deal, names.get(deal.party_id, "")) for deal in deals]


def thrown_away(principal: Principal) -> QuerySet[Deal]:
    """The deals in the bin that this principal could see outside, without order."""
    return Deal.objects.in_bin(principal)


def deals_in_bin(principal: Principal, number: int = 100) -> list[Row]:
    """What was thrown away lately, the latest first."""
    found = thrown_away(principal).select_related("stage", "owner").order_by("-deleted_at")
    return rows_of(principal, list(found[:number]))
