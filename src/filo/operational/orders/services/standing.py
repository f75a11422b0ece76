"""Lines of a confirmed order are written anew: what stands of them keeps the price that was confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from filo.operational.orders.drafts import LineDraft
from filo.operational.orders.models import Order, OrderLine
from filo.operational.orders.queries.pricing import priced_lines
from filo.operational.orders.services.couponing import use_coupons_anew

KEPT = ("code", "unit", "vat_rate", "nature", "cost")


def priced_as_confirmed(locked: Order, before: Sequence[OrderLine], drafts: Sequence[LineDraft]) -> list[OrderLine]:
    """Unsaved lines: one of the same article as before keeps its price, unless one was typed by hand; what is new is
    priced as of today. The coupons that were used for the order hold as they did when it was confirmed.

    To be called in the transaction in which they are saved. Raises `InvalidFields` by `lines.N`, `CouponRefused`.
    """
    standing = _standing(before, drafts)
    wanted = [
        replace(draft, unit_price=old.unit_price, discounts=old.discounts) if old else draft
        for draft, old in zip(drafts, standing, strict=True)
    ]
    made, _coupons = priced_lines(locked, wanted)
    for line, draft, old in zip(made, drafts, standing, strict=True):
        if old is not None:
            _keep(line, draft, old)
    use_coupons_anew(locked, made)
    return made


def _standing(before: Sequence[OrderLine], drafts: Sequence[LineDraft]) -> list[OrderLine | None]:
    """For each draft the line that it stands for: the one that it names, else the first that is left of its article."""
    left = {line.pk: line for line in before}
    named = [left.pop(draft.id, None) if draft.id else None for draft in drafts]
    found = []
    for draft, old in zip(drafts, named, strict=True):
        if old is None:
            same = next((line for line in left.values() if line.variant_id == draft.variant_id), None)
            old = left.pop(same.pk) if same else None
        found.append(old if old is not None and _keeps_its_price(draft, old) else None)
    return found


def _keeps_its_price(draft: LineDraft, old: OrderLine) -> bool:
    """A price by hand that is not said any more is given up."""
    is_same = draft.variant_id is not None and draft.variant_id == old.variant_id
    return is_same and not old.by_hand and draft.unit_price is None and draft.discounts is None


def _keep(line: OrderLine, draft: LineDraft, old: OrderLine) -> None:
    for name in KEPT:
        setattr(line, name, getattr(old, name))
    line.description = draft.description or old.description
    line.by_hand = False
    coupons = [reason for reason in line.reasons if reason["kind"] == "coupon"]
    line.reasons = [*(reason for reason in old.reasons if reason.get("kind") != "coupon"), *coupons]
