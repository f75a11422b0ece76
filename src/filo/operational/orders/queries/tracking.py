"""What a customer may know of his order without signing in: what is in it, steps, days, and where parcels are."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from filo.operational.orders.models import Order, OrderStep, Shipment
from filo.operational.orders.queries.listing import NUMBER
from filo.operational.orders.states import STATES, STEPS
from filo.operational.parties.models import ContactPoint

SALT = "orders.track"
LINK_DAYS = 365
LAST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the line: what it is called, and when it was reached, if it was."""

    code: str
    label: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Tracked:
    """An order as its customer sees it."""

    order: Order
    steps: tuple[Step, ...]
    shipments: tuple[Shipment, ...]
    expected: date | None


def tracked(order: Order) -> Tracked:
    """The steps that were reached and the parcels of an order."""
    reached: dict[str, datetime] = {}
    for after, at in OrderStep.objects.filter(order=order).order_by("at", "id").values_list("after", "at"):
        reached["shipped" if after == "part" else after] = at
    labels = {code: str(label) for code, label in STATES}
    done = [place for place, code in enumerate(STEPS) if code in reached]
    last = max(done, default=-1)
    open_or_gone = order.state not in ("draft", "cancelled")
    steps = tuple(
        Step(code, labels[code], reached.get(code) if open_or_gone and place <= last else None)
        for place, code in enumerate(STEPS)
    )
    shipments = Shipment.objects.filter(order=order).select_related("carrier").prefetch_related("events")
    open_ones = [one.expected for one in shipments if one.delivered_at is None and one.expected]
    return Tracked(order, steps, tuple(shipments), max(open_ones, default=order.promised_date))


def track_token(order: Order) -> str:
    """What stands in the customer's link: signed, for this one purpose, good for a year."""
    return signing.dumps(order.key.hex, salt=SALT, compress=True)


def track_link(order: Order) -> str:
    """The customer's own way to the page of his order."""
    return f"{settings.SITE_URL.rstrip('/')}{reverse('orders:public', args=[track_token(order)])}"


def order_by_link(token: str) -> Order | None:
    """The order that a link leads to; None for one that is forged, too old, or of another purpose."""
    try:
        key = UUID(hex=signing.loads(token, salt=SALT, max_age=LINK_DAYS * 86_400))
    except (signing.BadSignature, ValueError):
        return None
    return Order.objects.for_list().filter(key=key, number__isnull=False).first()


def order_by_words(number: str, proof: str) -> Order | None:
    """The order with a number, for whoever knows its e-mail address or the last four digits of the telephone."""
    named = NUMBER.search(number)
    if named is None or not proof.strip():
        return None
    rows = Order.objects.for_list().filter(year=int(named.group(1)), number=int(named.group(2)))
    return next((order for order in rows.order_by("id")[:20] if _knows(order, proof.strip())), None)


def _knows(order: Order, proof: str) -> bool:
    points = ContactPoint.objects.filter(party__in={order.party_id, order.ship_party_id, order.bill_party_id} - {None})
    known = list(points.values_list("type", "normalised"))
    if "@" in proof:
        mails = {value.casefold() for kind, value in known if kind in ("email", "pec")} | {order.mail_to.casefold()}
        return any(mail and hmac.compare_digest(mail.encode(), proof.casefold().encode()) for mail in mails)
    digits = "".join(sign for sign in proof if sign.isdecimal())
    if len(digits) < LAST_DIGITS:
        return False
    phones = [value for kind, value in known if kind in ("mobile", "phone")]
    return any(hmac.compare_digest(one[-LAST_DIGITS:].encode(), digits[-LAST_DIGITS:].encode()) for one in phones)
