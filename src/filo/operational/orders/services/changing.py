"""How every verb changes an order: lock, look, write, keep the step, record, announce, tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import Rule
from filo.foundation.audit.services import record
from filo.foundation.errors import DomainError, Forbidden, Stale
from filo.foundation.events.base import DomainEvent
from filo.foundation.events.services import announce
from filo.foundation.push.services import publish
from filo.operational.orders.events import OrderChanged
from filo.operational.orders.models import Order, OrderStep
from filo.operational.orders.policies import ORDER_EDITED, ORDER_SHIPPED
from filo.operational.orders.queries.finding import KIND
from filo.operational.orders.states import may_go
from filo.operational.parties.services.timeline import page_changed, tell

Changes = dict[str, tuple[Any, Any]]


def locked_order(order: Order) -> Order:
    """The same order, with its row locked until the transaction ends. Every verb locks it first, then stock."""
    rows = Order.objects.select_for_update(of=("self",)).select_related("party", "company", "relationship")
    return rows.get(pk=order.pk)


def require_order(principal: Principal, order: Order, *, action: str = "edit") -> None:
    """Raises `Forbidden`."""
    principal.require("order", action)
    rule: Rule = ORDER_SHIPPED if action == "ship" else ORDER_EDITED
    if not rule.allows(principal, order):
        raise Forbidden


def refuse_stale(locked: Order, version: int | None, differing: Mapping[str, tuple[object, object]]) -> None:
    """Raises `Stale` where somebody saved first."""
    if version is not None and version != locked.version:
        raise Stale(differing, version=locked.version)


def go(principal: Principal, locked: Order, to: str, *, note: str = "", data: Mapping[str, Any] | None = None) -> None:
    """To another state, if the table allows it; the caller saves it. Raises `DomainError` (`order-transition`)."""
    if not may_go(locked.state, to):
        raise DomainError(standing_words(locked), code="order-transition")
    step(principal, locked, locked.state, to, note=note, data=data)
    locked.state = to


def step(
    principal: Principal,
    order: Order,
    before: str,
    after: str,
    *,
    note: str = "",
    data: Mapping[str, Any] | None = None,
) -> None:
    """Keep what happened, when and by whom."""
    OrderStep.objects.create(
        order=order,
        before=before,
        after=after,
        at=clock.now(),
        actor_id=principal.user_id,
        actor_name=principal.name,
        note=note[:300],
        data=dict(data or {}),
    )


def standing_words(order: Order) -> str:
    """How it stands, for a refusal."""
    sentences: dict[str, Callable[[], str]] = {
        "draft": lambda: _("This order is a draft: confirm it first."),
        "confirmed": lambda: _("This order is confirmed."),
        "prepared": lambda: _("This order is prepared."),
        "part": lambda: _("A part of this order has left: what has left comes back as a return."),
        "shipped": lambda: _("This order has left: what has left comes back as a return."),
        "delivered": lambda: _("This order has arrived: what has arrived comes back as a return."),
        "returned": lambda: _("All of this order came back: make a new one."),
        "cancelled": lambda: _("This order was cancelled: open it again first."),
    }
    return sentences[order.state]()


def keep(
    principal: Principal,
    locked: Order,
    what: str,
    changes: Mapping[str, tuple[Any, Any]],
    event: DomainEvent | None = None,
) -> None:
    """Save a locked row as a version of its own; in the audit, for whoever waits for events, and on open pages."""
    locked.version += 1
    locked.save()
    remember(principal, locked, what, changes, event)


def remember(
    principal: Principal,
    order: Order,
    what: str,
    changes: Mapping[str, tuple[Any, Any]],
    event: DomainEvent | None = None,
) -> None:
    """In the audit, for whoever waits for events, and on open pages."""
    record(principal, f"order.{what}", kind=KIND, object_id=order.id, changes=changes)
    announce(principal, event or OrderChanged(order=order.id, party=order.party_id, fields=sorted(changes)))
    publish(f"order:{order.id}", "changed", by=principal.page)
    page_changed(principal, [order.party_id], "orders")


def tell_of(principal: Principal, order: Order, kind: str, **more: Any) -> None:
    """A line on the timeline of the customer, in the language of the house, whoever writes it."""
    with translation.override(settings.LANGUAGE_CODE):
        summary = str(order)[:300]
    entries = tell(
        principal,
        order.party,
        at=clock.now(),
        kind=kind,
        object=KIND,
        summary=summary,
        reference_kind=KIND,
        reference_id=order.id,
        relationship_id=order.relationship_id,
        owner_id=order.owner_id,
        unit_id=order.unit_id,
        company_id=order.company_id,
        **more,
    )
    page_changed(principal, [entry.party_id for entry in entries], "timeline")
