"""All invoices that match words, in the orders that programs ask for."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from filo.foundation.access.principal import Principal
from filo.foundation.web.paging import Key
from filo.operational.invoices.models import Invoice
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import ids_matching

SORTS = {
    "-created": (Key("created_at", descending=True), Key("id", descending=True)),
    "created": (Key("created_at"), Key("id")),
    "date": (Key("date", nullable=True), Key("id")),
    "-date": (Key("date", descending=True, nullable=True), Key("id", descending=True)),
    "due": (Key("due_on", nullable=True), Key("id")),
    "total": (Key("total"), Key("id")),
    "-total": (Key("total", descending=True), Key("id", descending=True)),
}


def all_found(principal: Principal, text: str) -> QuerySet[Invoice]:
    """The visible invoices, issued and received, that match: by number, or by their customer."""
    found = Invoice.objects.visible_to(principal).select_related("company", "owner")
    if not (text := text.strip()):
        return found
    return found.filter(with_words(principal, text))


def with_words(principal: Principal, text: str) -> Q:
    """Those of this number, with this counterpart, or of a customer who is called so and is seen."""
    customers = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    return Q(number__istartswith=text) | Q(counterpart=text) | Q(party__in=customers.values("pk"))
