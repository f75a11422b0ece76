"""An order is begun: for a customer, from a quote that was accepted, as a copy of another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import DomainError, Forbidden, InvalidFields
from filo.foundation.ids import uuid7
from filo.foundation.organisation.models import SellingCompany
from filo.operational.orders.drafts import LineDraft, clean_facts, clean_lines
from filo.operational.orders.events import OrderDrafted
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.finding import draft_of, lines_of
from filo.operational.orders.queries.pricing import priced_lines, sum_up
from filo.operational.orders.services.changing import remember, step, tell_of
from filo.operational.parties.models import Party
from filo.operational.parties.queries.find import tie_with
from filo.operational.parties.queries.mailing import mail_of
from filo.operational.prices.document import DocumentLine
from filo.operational.quotes.models import Quote
from filo.operational.quotes.queries.finding import lines_taken

COPIED = ("currency", "gross", "language", "payment_terms", "notes", "bill_party_id", "ship_party_id")
OF_LINE = tuple(
    field.attname
    for field in DocumentLine._meta.get_fields()
    if field.concrete and field.name not in ("id", "position")
)


def draft_order(
    principal: Principal,
    *,
    party: Party,
    company: SellingCompany | None = None,
    lines: Sequence[LineDraft] = (),
    facts: Mapping[str, Any] | None = None,
    channel_id: UUID | None = None,
    key: str | None = None,
) -> Order:
    """Begin an order for a customer that the caller may see; what is not said is as his relationship has it.

    `channel_id`: through which he buys, where that is not his usual one. The same `key` (of a program that tries
    again) gives the order that it made. Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("order", "create")
    if key and (known := _known(principal, key)):
        return known
    clean, drafts = clean_facts(facts or {}), clean_lines(lines)
    order = _placed(principal, party, company)
    order.idempotency_key, order.channel_id = key or None, channel_id or order.channel_id
    for name, value in clean.items():
        setattr(order, name, value)
    made, _coupons = priced_lines(order, drafts)
    sum_up(order, made)
    try:
        with transaction.atomic():
            _store(principal, order, made)
    except IntegrityError:
        # Two tries at once: the second waited for the first one's key, and gives what that one made.
        if key and (known := _known(principal, key)):
            return known
        raise
    return order


def _known(principal: Principal, key: str) -> Order | None:
    found = Order.objects.select_related("party", "company").filter(idempotency_key=key).first()
    if found is not None and found.created_by_id != principal.user_id:
        raise Forbidden
    return found


def order_from_quote(principal: Principal, quote: Quote) -> Order:
    """The order of an accepted quote, with the lines that the customer took at the prices that he accepted.

    A quote makes one order: asked again, the same one is given. Raises `Forbidden`, `DomainError`.
    """
    principal.require("order", "create")
    with transaction.atomic():
        locked = Quote.objects.select_for_update(of=("self",)).select_related("party", "company").get(pk=quote.pk)
        known = Order.objects.select_related("party", "company").filter(quoted_from=locked.pk).first()
        if known is not None:
            return known
        if locked.state != "accepted":
            raise DomainError(_("The customer has not accepted this quote yet."), code="quote-not-accepted")
        order = _placed(principal, locked.party, locked.company)
        order.quoted_from, order.source = locked, "quote"
        for name in ("currency", "gross", "language", "payment_terms", "notes", "area_id", "channel_id"):
            setattr(order, name, getattr(locked, name))
        order.relationship_id = locked.relationship_id or order.relationship_id
        order.owner_id, order.unit_id = locked.owner_id or order.owner_id, locked.unit_id or order.unit_id
        order.mail_to = locked.sent_to or (mail_of(locked.contact) if locked.contact else "") or order.mail_to
        lines = [_as_quoted(line, order, place) for place, line in enumerate(lines_taken(locked))]
        sum_up(order, lines)
        _store(principal, order, lines)
    return order


def _as_quoted(line: DocumentLine, order: Order, place: int) -> OrderLine:
    """What was accepted is what is ordered: nothing is priced anew."""
    facts = {name: getattr(line, name) for name in OF_LINE}
    return OrderLine(id=uuid7(), order_id=order.pk, position=place, by_hand=True, **facts)


def copy_order(principal: Principal, order: Order) -> Order:
    """A new draft with the same lines, priced as of today."""
    principal.require("order", "create")
    made = _placed(principal, order.party, order.company)
    for name in COPIED:
        setattr(made, name, getattr(order, name))
    lines, _coupons = priced_lines(made, clean_lines([draft_of(line) for line in lines_of(order)]))
    sum_up(made, lines)
    with transaction.atomic():
        _store(principal, made, lines)
    return made


def _placed(principal: Principal, party: Party, company: SellingCompany | None) -> Order:
    """Whose it is and what it counts for: as the customer's relationship has it, or the one who writes."""
    tie = tie_with(party, company.id if company else None, whose=principal.user_id)
    company_id = _company(principal, company, tie.company_id if tie else None)
    of_tie = tie if tie and tie.company_id == company_id else None
    owner_id = principal.user_id or (of_tie.owner_id if of_tie else None)
    unit_id = User.objects.values_list("unit_id", flat=True).filter(pk=owner_id).first() if owner_id else None
    return Order(
        company_id=company_id,
        party=party,
        relationship=of_tie,
        owner_id=owner_id,
        created_by_id=principal.user_id,
        unit_id=unit_id or (of_tie.unit_id if of_tie else principal.unit_id),
        area_id=tie.area_id if tie else None,
        channel_id=tie.channel_id if tie else None,
        gross=party.is_person,
        language="it" if (party.language or "it") == "it" else "en",
        mail_to=mail_of(party),
        created_at=clock.now(),
    )


def _company(principal: Principal, company: SellingCompany | None, of_tie: UUID | None) -> UUID:
    found = (company.id if company else None) or of_tie
    if found is None:
        found = SellingCompany.objects.values_list("pk", flat=True).first()
    if found is None or (principal.company_ids is not None and found not in principal.company_ids):
        raise InvalidFields({"company": _("Choose the company that sells.")})
    return found


def _store(principal: Principal, order: Order, lines: Sequence[OrderLine]) -> None:
    order.save(force_insert=True)
    for line in lines:
        line.order_id = order.pk
    OrderLine.objects.bulk_create(lines)
    step(principal, order, "", "draft")
    changes = {"party_id": (None, order.party_id), "total": (None, order.total), "source": (None, order.source)}
    event = OrderDrafted(order=order.id, party=order.party_id, source=order.source)
    remember(principal, order, "draft", changes, event)
    tell_of(principal, order, "order.drafted")
