"""A list of requests: narrowed, sorted, paged and counted, for pages and API alike."""

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
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import ids_matching
from filo.operational.parties.queries.naming import names_of
from filo.operational.service.filters import TICKET_FILTERS
from filo.operational.service.models import Ticket
from filo.operational.service.numbers import read_number

SORTS = {
    "due": (Key("owed_by", nullable=True), Key("id")),
    "-due": (Key("owed_by", descending=True, nullable=True), Key("id", descending=True)),
    "opened": (Key("opened_at"), Key("id")),
    "-opened": (Key("opened_at", descending=True), Key("id", descending=True)),
    "number": (Key("serial"),),
    "-number": (Key("serial", descending=True),),
}
SORT_LABELS = {
    "due": gettext_lazy("Owed by"),
    "-opened": pgettext_lazy("a moment", "Opened"),
    "-number": gettext_lazy("Number"),
}


@dataclass(frozen=True)
class Row:
    """A request as a row; `party` is empty for a customer whom one does not see."""

    ticket: Ticket
    party: str


def tickets_found(principal: Principal, tree: Tree | None, text: str) -> QuerySet[Ticket]:
    """The visible requests that match, without order: by number, by words of what was asked, by their customer.

    Raises `BadRequest` for an unknown filter.
    """
    found = Ticket.objects.visible_to(principal).filter(compile_tree(tree, TICKET_FILTERS, principal))
    text = text.strip()
    if not text:
        return found
    serial = read_number(text)
    if serial:
        return found.filter(serial=serial)
    words = Q()
    for word in text.split()[:8]:
        words &= Q(subject__icontains=word) | Q(product__icontains=word)
    if stems := stems_of(text):
        words |= Q(pk__in=notes_with("ticket", stems).values("object_id"))
    customers = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    return found.filter(words | Q(party__in=customers.values("pk")))


def page_of_tickets(found: QuerySet[Ticket], *, sort: str, size: int, cursor: str) -> Page[Ticket]:
    """One page of a list. Raises `BadRequest` for an unknown order."""
    keys = SORTS.get(sort)
    if keys is None:
        raise BadRequest(_("There is no order “%(name)s”.") % {"name": sort[:40]}, code="bad-sort")
    rows = found.select_related("group", "assignee", "company")
    return page_of(rows, keys, size=size, cursor=cursor)


def rows_of(principal: Principal, tickets: Sequence[Ticket]) -> list[Row]:
    """The same with the names of customers that this principal sees."""
    names = names_of(principal, {ticket.party_id for ticket in tickets if ticket.party_id})
    return [Row(ticket, names.get(ticket.party_id, "") if ticket.party_id else "") for ticket in tickets]
