"""Past orders arrive by the thousand, get more lines, and leave again with the import that brought them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Max, Sum

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import Change, record_many
from filo.foundation.bulk import insert, insert_values
from filo.foundation.ids import uuid7s
from filo.foundation.money import ZERO
from filo.operational.parties.models import Party, Relationship
from filo.operational.parties.services.stages import accepted_order
from filo.operational.parties.services.timeline import Told, tell_many, untell_many
from filo.operational.past.drafts import PastLineDraft, PastOrderDraft
from filo.operational.past.models import PastLine, PastOrder

KIND = "past-order"
OF_LINE = (
    "id",
    "order_id",
    "position",
    "variant_id",
    "code",
    "description",
    "quantity",
    "unit",
    "unit_price",
    "discount",
    "vat_rate",
    "amount",
)


def keep_past_orders(
    principal: Principal, drafts: Sequence[PastOrderDraft], *, company_id: UUID, source: str, batch: UUID | None
) -> list[PastOrder]:
    """Keep orders that are certainly new, in a fixed number of statements: each with a line on the timeline of its
    customer, on its day. No number of ours is taken, no mail is sent, no stock is moved; whoever bought is a
    customer from now on, unless it was cancelled or that relationship has ended. Raises `Forbidden`.
    """
    principal.require("order", "create")
    ties = _ties(company_id, {draft.party_id for draft in drafts})
    orders = [_order(principal, draft, ties.get(draft.party_id), company_id, source, batch) for draft in drafts]
    with transaction.atomic():
        insert(PastOrder, orders)
        _write_lines([(order.pk, 0, draft.lines) for order, draft in zip(orders, drafts, strict=True)])
        changes = [
            Change(KIND, order.pk, {"number": (None, order.number), "total": (None, order.total)}) for order in orders
        ]
        record_many(principal, "past-order.arrive", changes)
        _tell(principal, orders)
        bought = {draft.party_id for draft in drafts if not draft.is_cancelled}
        for party_id, relationship in ties.items():
            if party_id in bought and relationship.ended_at is None:
                accepted_order(principal, relationship)
    return orders


def add_past_lines(principal: Principal, more: Mapping[UUID, Sequence[PastLineDraft]]) -> None:
    """Further lines of orders that are there: the file had them far apart. Raises `Forbidden`."""
    principal.require("order", "create")
    with transaction.atomic():
        rows = PastLine.objects.filter(order__in=more).order_by().values("order")
        last = dict(rows.annotate(last=Max("position")).values_list("order", "last"))
        _write_lines([(key, last.get(key, -1) + 1, lines) for key, lines in more.items()])
        orders = list(PastOrder.objects.select_for_update().filter(pk__in=more).order_by("pk"))
        for order in orders:
            told = PastLine.objects.filter(order=order.pk).aggregate(
                all=Sum("amount"), lines=Count("pk"), most=Max("quantity")
            )
            order.total = told["all"]
            if order.state != "cancelled":
                order.state = "returned" if told["most"] < 0 else "delivered"
        PastOrder.objects.bulk_update(orders, ["total", "state"])


def drop_past_orders(principal: Principal, ids: Collection[UUID]) -> int:
    """They leave as a whole, with their lines and what timelines tell of them; gives how many. Raises `Forbidden`."""
    principal.require("order", "create")
    with transaction.atomic():
        found = list(PastOrder.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
        keys = [order.pk for order in found]
        untell_many(KIND, keys)
        PastLine.objects.filter(order__in=keys).delete()
        PastOrder.objects.filter(pk__in=keys).delete()
        changes = [
            Change(KIND, order.pk, {"number": (order.number, None), "total": (order.total, None)}) for order in found
        ]
        record_many(principal, "past-order.leave", changes)
    return len(found)


def state_of(draft: PastOrderDraft) -> str:
    """Cancelled if the program says so; a return if nothing on it was sold."""
    if draft.is_cancelled:
        return "cancelled"
    return "returned" if draft.lines and all(line.quantity < 0 for line in draft.lines) else "delivered"


def _ties(company_id: UUID, parties: Collection[UUID]) -> dict[UUID, Relationship]:
    """What each customer is to the company: the relationship for all products first."""
    rows = Relationship.objects.filter(party__in=parties, company=company_id).select_related("party")
    found: dict[UUID, Relationship] = {}
    for row in sorted(rows, key=lambda row: (row.product_line_id is not None, row.pk)):
        found.setdefault(row.party_id, row)
    return found


def _order(
    principal: Principal,
    draft: PastOrderDraft,
    tie: Relationship | None,
    company_id: UUID,
    source: str,
    batch: UUID | None,
) -> PastOrder:
    return PastOrder(
        company_id=company_id,
        number=draft.number,
        year=draft.day.year,
        day=draft.day,
        state=state_of(draft),
        party_id=draft.party_id,
        relationship=tie,
        owner_id=tie.owner_id if tie else None,
        unit_id=tie.unit_id if tie else principal.unit_id,
        area_id=tie.area_id if tie else None,
        channel_id=tie.channel_id if tie else None,
        created_by_id=principal.user_id,
        source=source[:80],
        country=draft.country[:60],
        currency=draft.currency,
        total=sum((line.amount for line in draft.lines), Decimal(ZERO)),
        batch=batch,
        created_at=clock.now(),
    )


def _write_lines(found: Sequence[tuple[UUID, int, Sequence[PastLineDraft]]]) -> None:
    """(order, place of the first, lines) for each."""
    keys = iter(uuid7s(sum(len(lines) for _key, _first, lines in found)))
    rows: list[tuple[Any, ...]] = [
        (
            next(keys),
            order_id,
            place,
            line.variant_id,
            line.code,
            line.description,
            line.quantity,
            line.unit,
            line.unit_price,
            line.discount,
            line.vat_rate,
            line.amount,
        )
        for order_id, first, lines in found
        for place, line in enumerate(lines, start=first)
    ]
    insert_values(PastLine, OF_LINE, rows)


def _tell(principal: Principal, orders: Sequence[PastOrder]) -> None:
    people = set(
        Party.objects.filter(pk__in={order.party_id for order in orders}, kind="person").values_list("pk", flat=True)
    )
    told = [
        Told(
            order.party_id,
            order.party_id in people,
            datetime.combine(order.day, time(12), tzinfo=UTC),
            order.number,
            order.pk,
            {
                "relationship_id": order.relationship_id,
                "owner_id": order.owner_id,
                "unit_id": order.unit_id,
                "company_id": order.company_id,
            },
        )
        for order in orders
        if order.state != "cancelled"
    ]
    returns = {order.pk for order in orders if order.state == "returned"}
    for kind, wanted in (("past-order.delivered", False), ("past-order.returned", True)):
        same = [one for one in told if (one.reference_id in returns) is wanted]
        tell_many(principal, same, kind=kind, object="order", reference_kind=KIND)
