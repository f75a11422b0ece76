"""From what is sent about orders to what verbs take."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.errors import InvalidFields, NotFound
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.rest.requests import ApiRequest
from filo.operational.catalogue.queries.finding import variants_by_sku
from filo.operational.orders.api.bodies import OrderLineBody, ShipBody
from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Carrier, Order, OrderLine, Shipment
from filo.operational.orders.services.shipping import Parcel
from filo.operational.parties.models import Party

PLAIN = (
    *("currency", "gross", "language", "coupons", "bill_to", "ship_to", "promised_date", "payment_terms", "reference"),
    *("notes", "internal_note", "mail_to"),
)
PARTIES = ("bill_party", "ship_party")


def facts(principal: Principal, given: dict[str, Any]) -> dict[str, Any]:
    """What was sent, by the names that verbs take. Raises `InvalidFields`."""
    found = {name: given[name] for name in PLAIN if name in given}
    for name in PARTIES:
        if name in given:
            found[f"{name}_id"] = party(principal, given[name], name=name).pk if given[name] else None
    return found


def drafts(principal: Principal, lines: Sequence[OrderLineBody], kept: Sequence[OrderLine] = ()) -> list[LineDraft]:
    """The lines that were sent; one that stands keeps its article, sold or not. Raises `InvalidFields`."""
    known = variants_by_sku(principal, [line.sku for line in lines if line.sku])
    standing = {line.pk: line for line in kept}
    problems: dict[str, Any] = {}
    found = []
    for place, line in enumerate(lines):
        old = standing.pop(line.id, None) if line.id else None
        if line.id and old is None:
            problems[f"lines.{place}.id"] = _("This order has no line %(id)s.") % {"id": line.id}
            continue
        variant_id = old.variant_id if old and line.sku and old.code == line.sku else None
        if line.sku and line.sku in known:
            variant_id = known[line.sku].variant_id
        if line.sku and variant_id is None:
            problems[f"lines.{place}.sku"] = _("There is no article of this code.")
            continue
        place_id = old.place_id if old and old.variant_id == variant_id else None
        found.append(LineDraft(variant_id=variant_id, place_id=place_id, **line.model_dump(exclude={"sku"})))
    if problems:
        raise InvalidFields(problems)
    return found


def party(principal: Principal, party_id: UUID, *, name: str = "party") -> Party:
    """The customer that was named, if the caller sees him. Raises `InvalidFields`."""
    found = Party.objects.visible_to(principal).filter(pk=party_id).first()
    if found is None:
        raise InvalidFields({name: NotFound.sentence})
    return found


def company(code: str) -> SellingCompany | None:
    """The company of a code. Raises `InvalidFields`."""
    if not code:
        return None
    found = SellingCompany.objects.filter(code=code).first()
    if found is None:
        raise InvalidFields({"company": _("Choose the company that sells.")})
    return found


def shipment(principal: Principal, order: Order, shipment_id: UUID) -> Shipment:
    """The shipment of an order that was named. Raises `InvalidFields`."""
    rows = Shipment.objects.visible_to(principal).filter(order=order.pk).select_related("order__party")
    found = rows.filter(pk=shipment_id).first()
    if found is None:
        raise InvalidFields({"shipment": NotFound.sentence})
    return found


def parcel(body: ShipBody, key: str | None) -> Parcel:
    """How it goes. Raises `InvalidFields`."""
    carrier = Carrier.objects.filter(name=body.carrier).first() if body.carrier else None
    if body.carrier and carrier is None:
        raise InvalidFields({"carrier": _("Choose one of the carriers.")})
    return Parcel(
        carrier_id=carrier.pk if carrier else None,
        tracking=body.tracking,
        parcels=body.parcels,
        weight=body.weight,
        cause=body.cause,
        note=body.note,
        expected=body.expected,
        key=key,
    )


def key_of(request: ApiRequest) -> str | None:
    """What the same person trying the same again is known by, also with a new token, if he sent a key."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return None
    said = f"{request.principal.user_id}\n{request.path}\n{key}\n".encode() + request.body
    return f"api:{hashlib.sha256(said).hexdigest()}"
