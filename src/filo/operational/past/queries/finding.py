"""One past order, its lines, and those of a list."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from filo.foundation.access.principal import Principal
from filo.foundation.errors import NotFound
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import ids_matching
from filo.operational.past.models import COUNTED, PastLine, PastOrder

SHOWN_ON_CARD = 5


def seen_past_order(principal: Principal, order_id: UUID) -> PastOrder:
    """The past order with this id, if this principal may see it. Raises `NotFound`."""
    rows = PastOrder.objects.visible_to(principal).for_list() if principal.may("order", "view") else None
    found = rows.filter(pk=order_id).first() if rows is not None else None
    if found is None:
        raise NotFound
    return found


def past_orders_found(principal: Principal, text: str = "") -> QuerySet[PastOrder]:
    """The visible ones whose number begins with these words, or whose customer is found by them."""
    found = PastOrder.objects.visible_to(principal)
    text = text.strip()
    if not text:
        return found
    customers = Party.objects.visible_to(principal).filter(pk__in=ids_matching(principal, text))
    return found.filter(Q(number__istartswith=text) | Q(party__in=customers.values("pk")))


def lines_of(order: PastOrder) -> list[PastLine]:
    """All its lines in their order."""
    return list(PastLine.objects.filter(order=order.pk).order_by("position", "id"))


def of_party(principal: Principal, party: Party) -> tuple[list[PastOrder], dict[str, tuple[int, Decimal]]]:
    """The latest of a customer, and by currency how many count and what they come to, returns taken off."""
    seen = PastOrder.objects.visible_to(principal).filter(party=party)
    sums: Any = seen.filter(state__in=COUNTED).order_by().values("currency")
    told = sums.annotate(number_of=Count("pk"), comes_to=Sum("total"))
    found = {row["currency"]: (row["number_of"], row["comes_to"]) for row in told}
    return list(seen.order_by("-day", "-id")[:SHOWN_ON_CARD]), found


def known_orders(company_id: UUID, numbers: Collection[str]) -> dict[tuple[str, int, UUID], PastOrder]:
    """Those of a company that have one of these numbers, by what they are known by; for imports."""
    rows = PastOrder.objects.filter(company=company_id, number__in=numbers)
    return {(row.number, row.year, row.party_id): row for row in rows}
