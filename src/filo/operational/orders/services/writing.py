"""An order is written: its facts, and all its lines at once, as long as nothing of it has left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import User
from filo.foundation.errors import DomainError, InvalidFields
from filo.foundation.ids import uuid7
from filo.foundation.money import cents
from filo.operational.orders.drafts import LineDraft, clean_facts, clean_lines
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.finding import draft_of, lines_of
from filo.operational.orders.queries.pricing import priced_lines, sum_up
from filo.operational.orders.services.changing import (
    keep,
    locked_order,
    refuse_stale,
    require_order,
    standing_words,
)
from filo.operational.orders.services.standing import priced_as_confirmed
from filo.operational.orders.services.stocking import change_promise
from filo.operational.orders.states import CHANGING
from filo.operational.parties.models import Party
from filo.operational.prices.kept_lines import line_again, told_line
from filo.operational.prices.sums import amount_of

ALWAYS = {"internal_note", "owner_id", "mail_to", "promised_date", "reference"}
REPRICING = {"currency", "gross", "coupons"}
TOLD = (
    *("id", "variant_id", "place_id", "code", "description", "quantity", "unit", "unit_price", "discounts", "off"),
    *("vat_rate", "nature", "amount", "cost", "by_hand"),
)


def change_order(principal: Principal, order: Order, *, version: int | None = None, **facts: Any) -> Order:
    """Change addresses, terms, notes, days, language, owner; a draft's prices are asked for anew where they have to be.

    What has left keeps its addresses and terms. Raises `Forbidden`, `InvalidFields`, `DomainError`, `Stale`.
    """
    require_order(principal, order)
    clean = clean_facts(facts)
    _refuse_unknown(clean)
    with transaction.atomic():
        locked = locked_order(order)
        changes: dict[str, tuple[Any, Any]] = {
            n: (getattr(locked, n), value) for n, value in clean.items() if getattr(locked, n) != value
        }
        refuse_stale(locked, version, {name: (str(a), str(b)) for name, (a, b) in changes.items()})
        if changes.keys() - ALWAYS and locked.state not in CHANGING:
            raise DomainError(standing_words(locked), code="order-transition")
        if changes.keys() & REPRICING and locked.state != "draft":
            raise DomainError(_("Currency and coupons are part of what was confirmed."), code="order-confirmed")
        if not changes:
            return locked
        for name, (_before, value) in changes.items():
            setattr(locked, name, value)
        if "owner_id" in changes and locked.owner_id:
            owner = User.objects.get(pk=locked.owner_id)
            locked.unit_id = owner.unit_id or locked.unit_id
        if changes.keys() & REPRICING:
            drafts = [draft_of(line) for line in lines_of(locked)]
            made, _coupons = priced_lines(locked, drafts)
            changes |= _put(locked, lines_of(locked), made, ())
        keep(principal, locked, "edit", changes)
    return locked


def _refuse_unknown(clean: dict[str, Any]) -> None:
    problems = {}
    if clean.get("owner_id") and not User.objects.filter(pk=clean["owner_id"], is_active=True).exists():
        problems["owner"] = _("Choose somebody who works here.")
    for name in ("bill_party_id", "ship_party_id"):
        if clean.get(name) and not Party.objects.filter(pk=clean[name], deleted_at=None).exists():
            problems[name.removesuffix("_id")] = _("Choose one of our customers.")
    if problems:
        raise InvalidFields(problems)


def write_lines(principal: Principal, order: Order, lines: Sequence[LineDraft], *, version: int | None = None) -> Order:
    """All lines as they shall be, in order; what the stock promised to a confirmed order is adjusted with them, and
    what stands of it keeps its price. Raises `Forbidden`, `InvalidFields`, `DomainError`, `Stale`, and `OutOfStock` or
    `CouponRefused` with nothing changed.
    """
    require_order(principal, order)
    drafts = clean_lines(lines)
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state not in CHANGING:
            raise DomainError(standing_words(locked), code="order-transition")
        refuse_stale(locked, version, {"lines": (_("other lines"), _("your lines"))})
        _rewrite(principal, locked, lines_of(locked), drafts)
    return locked


def put_lines_back(
    principal: Principal, order: Order, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
) -> bool:
    """The lines as they were told before, if they still are as they were told after; whether they are.

    A draft is priced anew, a confirmed order keeps its prices. Raises as `write_lines`.
    """
    require_order(principal, order)
    with transaction.atomic():
        locked = locked_order(order)
        if locked.state not in CHANGING:
            raise DomainError(standing_words(locked), code="order-transition")
        now = {line.pk: line for line in lines_of(locked)}
        if [told(line) for line in now.values()] != list(after):
            return False
        lines = [line_again(OrderLine, one, TOLD) for one in before]
        for line in lines:
            line.reasons = now[line.pk].reasons if line.pk in now else []
        _rewrite(principal, locked, lines, [replace(draft_of(line), id=line.pk) for line in lines])
    return True


def _rewrite(principal: Principal, locked: Order, standing: Sequence[OrderLine], drafts: Sequence[LineDraft]) -> None:
    """Put lines of these drafts in place of those that there are; of a confirmed order what stands keeps its price."""
    if not drafts and locked.state != "draft":
        raise InvalidFields({"lines": _("A confirmed order has at least one line: cancel it instead.")})
    before, own = lines_of(locked), {line.pk for line in standing}
    if locked.state == "draft":
        made, _coupons = priced_lines(locked, drafts)
    else:
        made = priced_as_confirmed(locked, standing, drafts)
    changes = _put(locked, before, made, own)
    if not changes:
        return
    if locked.state != "draft":
        change_promise(principal, locked, before, made)
        locked.waits = any(line.waiting for line in made)
    keep(principal, locked, "lines", changes)


def _put(
    locked: Order, before: Sequence[OrderLine], made: Sequence[OrderLine], own: Collection[UUID]
) -> dict[str, tuple[Any, Any]]:
    """Write the lines in place of those before, and the sums; gives what changed. own: the ids that are of this order;
    a line that came with another gets one of its own.
    """
    for line in made:
        line.order_id = locked.pk
        if line.pk not in own:
            line.pk = uuid7()
    was, now = [told(line) for line in before], [told(line) for line in made]
    if was == now and [line.pk for line in before] == [line.pk for line in made]:
        return {}
    OrderLine.objects.filter(order=locked.pk).delete()
    OrderLine.objects.bulk_create(made)
    changes: dict[str, tuple[Any, Any]] = {"lines": (was, now)} if was != now else {}
    return changes | sum_up(locked, made)


def told(line: OrderLine) -> dict[str, Any]:
    """A line as the audit keeps it."""
    return told_line(line, TOLD)


def with_quantity(line: OrderLine, quantity: Decimal, currency: str) -> OrderLine:
    """The same line with fewer of it; its part of a coupon falls with them."""
    share = quantity / line.quantity
    line.off = cents(line.off * share, currency)
    line.quantity, line.waiting = quantity, Decimal(0)
    line.amount = amount_of(line, currency)
    return line
