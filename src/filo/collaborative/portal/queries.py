"""What a customer sees of his own: one function for each kind, limited to who signed in."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from filo.collaborative.visitors.models import Visitor
from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.invoices.models import Invoice
from filo.operational.orders.models import Order
from filo.operational.parties.models import ContactPoint
from filo.operational.payments.models import Due
from filo.operational.profile.models import Trait
from filo.operational.service.models import Ticket

MOST = 200
Found = TypeVar("Found")


def party_of(principal: Principal) -> UUID:
    """The customer who signed in. Raises `NotFound` for anybody else, colleagues too."""
    party = principal.also.get("party") if principal.kind == "link" else None
    if not isinstance(party, UUID):
        raise NotFound
    return party


def orders_of(principal: Principal) -> list[Order]:
    """His orders that have a number, the latest first."""
    rows = Order.objects.for_list().filter(party=party_of(principal), number__isnull=False)
    return list(rows.order_by("-created_at", "-id")[:MOST])


def order_of(principal: Principal, order_id: UUID) -> Order:
    """One of them. Raises `NotFound`."""
    rows = Order.objects.for_list().filter(party=party_of(principal), number__isnull=False)
    return _one(rows.filter(pk=order_id).first())


def invoices_of(principal: Principal) -> list[Invoice]:
    """Invoices and credit notes that we issued to him, the latest first; drafts are nobody's yet."""
    return list(_invoices(principal).order_by("-date", "-id")[:MOST])


def invoice_of(principal: Principal, invoice_id: UUID) -> Invoice:
    """One of them. Raises `NotFound`."""
    return _one(_invoices(principal).filter(pk=invoice_id).first())


def dues_of(principal: Principal) -> list[Due]:
    """What he owes, what is due first at the top."""
    rows = Due.objects.unpaid().for_list().filter(party=party_of(principal))
    return [due for due in rows.order_by("due_on", "id")[:MOST] if due.left > 0]


def due_of(principal: Principal, due_id: UUID) -> Due:
    """One of them. Raises `NotFound`."""
    return _one(Due.objects.for_list().filter(party=party_of(principal), pk=due_id).first())


def tickets_of(principal: Principal) -> list[Ticket]:
    """His requests, the latest first; one that was joined to another is told there."""
    rows = Ticket.objects.for_list().filter(party=party_of(principal), merged_into=None)
    return list(rows.order_by("-opened_at", "-id")[:MOST])


def ticket_of(principal: Principal, ticket_id: UUID) -> Ticket:
    """One of them. Raises `NotFound`."""
    return _one(Ticket.objects.filter(party=party_of(principal), pk=ticket_id).first())


def trait_of(principal: Principal, trait_id: UUID) -> Trait:
    """Something that is known of him now. Raises `NotFound`."""
    rows = Trait.objects.select_related("kind", "party").filter(party=party_of(principal), ended_at=None)
    return _one(rows.filter(pk=trait_id, kind__active=True).first())


def points_of(principal: Principal) -> list[ContactPoint]:
    """How we reach him."""
    return list(ContactPoint.objects.filter(party=party_of(principal)))


def browsers_of(principal: Principal) -> list[Visitor]:
    """The browsers that are known as his, the latest first."""
    rows = Visitor.objects.filter(party=party_of(principal), ended_at=None, proof__in=("link", "mail"))
    return list(rows.order_by("-seen_at")[:MOST])


def browser_of(principal: Principal, visitor_id: UUID) -> Visitor:
    """One of them. Raises `NotFound`."""
    return _one(Visitor.objects.filter(party=party_of(principal), pk=visitor_id, ended_at=None).first())


def _invoices(principal: Principal) -> QuerySet[Invoice]:
    rows = Invoice.objects.for_list().filter(party=party_of(principal), direction="issued")
    return rows.exclude(state__in=("draft", "rejected")).exclude(number="")


def _one(found: Found | None) -> Found:
    if found is None:
        raise NotFound
    return found
