"""Past orders at the API: what other programs sold, to be read alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router
from pydantic import Field

from filo.foundation.access.principal import Principal
from filo.foundation.filters.conditions import CHOICE, PAST, among, by_day, by_id
from filo.foundation.filters.fields import FilterField, FilterSet
from filo.foundation.rest.answers import answer
from filo.foundation.rest.lists import ListParams, list_answer, listed
from filo.foundation.rest.requests import ApiRequest, require
from filo.foundation.rest.schemas import Shape
from filo.foundation.web.paging import Key
from filo.operational.parties.queries.naming import names_of
from filo.operational.past.models import STATES, PastOrder
from filo.operational.past.queries.finding import lines_of, past_orders_found, seen_past_order

router = Router(tags=["orders"])
SORTS = {
    "-day": (Key("day", descending=True), Key("id", descending=True)),
    "day": (Key("day"), Key("id")),
}
FILTERS = FilterSet.of(
    FilterField("state", "state", CHOICE, among("state", [code for code, _label in STATES])),
    FilterField("party", "party", CHOICE, by_id("party")),
    FilterField("day", "day", PAST, by_day("day")),
)


class PastOrderShape(Shape):
    """An order of another program; `party` is null for a customer whom one does not see."""

    id: UUID
    number: str
    day: date
    state: str
    party: UUID | None
    company: str
    source: str = Field(description="The program or file it came from.")
    currency: str
    total: str


class PastLineShape(Shape):
    """A line as the file has it; a negative quantity came back."""

    variant: UUID | None
    code: str
    description: str
    quantity: str
    unit: str
    unit_price: str
    discount: str
    amount: str


class PastOrderWhole(PastOrderShape):
    """The same with its lines."""

    lines: list[PastLineShape]


class PastOrderList(Shape):
    """A page of past orders."""

    items: list[PastOrderShape]
    next: str | None
    count: int
    count_is_exact: bool


@router.get("/past-orders", response=PastOrderList, summary="List past orders")
def list_past_orders(request: ApiRequest, asked: Query[ListParams]) -> HttpResponse:
    """What other programs sold, the latest first. `q`: a number or a customer."""
    principal = require(request, "order", "view")
    found = past_orders_found(principal, asked.q or "").select_related("company")
    page, count = listed(principal, found, asked, sorts=SORTS, filters=FILTERS)
    return list_answer(_shown(principal, page.rows), page.next, count)


@router.get("/past-orders/{uuid:order_id}", response=PastOrderWhole, summary="Read a past order")
def get_past_order(request: ApiRequest, order_id: UUID) -> HttpResponse:
    """One past order with its lines."""
    principal = require(request, "order", "view")
    order = seen_past_order(principal, order_id)
    names = ("quantity", "unit_price", "discount", "amount")
    lines = [
        {"variant": line.variant_id, "code": line.code, "description": line.description, "unit": line.unit}
        | {name: str(getattr(line, name)) for name in names}
        for line in lines_of(order)
    ]
    return answer(_shown(principal, [order])[0] | {"lines": lines})


def _shown(principal: Principal, orders: Sequence[PastOrder]) -> list[dict[str, Any]]:
    seen = names_of(principal, {order.party_id for order in orders})
    return [
        {
            "id": order.pk,
            "number": order.number,
            "day": order.day,
            "state": order.state,
            "party": order.party_id if order.party_id in seen else None,
            "company": order.company.code,
            "source": order.source,
            "currency": order.currency,
            "total": f"{order.total:.2f}",
        }
        for order in orders
    ]
