"""What a coupon takes off a basket, or why nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from filo.foundation.folding import fold
from filo.foundation.money import ZERO, cents, share_out
from filo.operational.prices.asking import CouponSaid, Situation
from filo.operational.prices.exchange import EURO, NoRate, Rates
from filo.operational.prices.models import Coupon, CouponUse

HUNDRED = Decimal(100)
TERMS = ("percent", "amount", "currency", "min_total")  # what a use keeps of its coupon


def coupons_named(codes: Sequence[str]) -> dict[str, Coupon]:
    """Coupons by their folded code, however it was typed."""
    wanted = {folded_code(code) for code in codes}
    return {one.code_folded: one for one in Coupon.objects.filter(code_folded__in=wanted)} if wanted else {}


def promised_to(source_id: UUID | None, coupons: dict[str, Coupon]) -> set[str]:
    """Those of the coupons that were used for this already, by their folded codes; each is told in place as it was.

    What was promised holds: a coupon that is over since, or takes off less, does not take back what it gave.
    """
    if source_id is None or not coupons:
        return set()
    by_id = {one.pk: code for code, one in coupons.items()}
    found = set()
    for use in CouponUse.objects.filter(source_id=source_id, coupon__in=by_id):
        code = by_id[use.coupon_id]
        found.add(code)
        if use.currency:
            for name in TERMS:
                setattr(coupons[code], name, getattr(use, name))
    return found


def folded_code(code: str) -> str:
    """A code for comparing: BENVENUTO10, benvenuto10 and Benvenuto-10 are one."""
    return fold(code).replace(" ", "")[:40]


def take_off(
    situation: Situation,
    amounts: Sequence[Decimal],
    rates: Rates,
    coupons: dict[str, Coupon],
    promised: Collection[str] = (),
) -> tuple[list[CouponSaid], list[Decimal]]:
    """What became of each coupon that was named, and what falls to each line. Percentages come before amounts, each on
    what the one before has left; the order in which they were named does not matter. `promised`: those (`promised_to`)
    of which only the total is asked that they hold from.
    """
    left, offs, said = list(amounts), [ZERO for _amount in amounts], []
    named = {folded_code(code): code.strip() for code in situation.coupons if code.strip()}
    spent = _spent(situation, coupons)
    known = sorted(named, key=lambda code: (code not in coupons or coupons[code].percent is None, code))
    for code in known:
        coupon, whole = coupons.get(code), sum(left, ZERO)
        total = sum(amounts, ZERO)
        if coupon is not None and code in promised:
            refused = _too_little(coupon, situation, total, rates)
        else:
            refused = _refused(coupon, situation, total, rates, used=code in spent)
        if coupon is None or refused:
            said.append(CouponSaid(named[code], coupon.id if coupon else None, refused=refused))
            continue
        off = _off(coupon, whole, rates, situation.currency)
        for place, part in enumerate(share_out(off, left, situation.currency)):
            left[place] -= part
            offs[place] += part
        said.append(CouponSaid(coupon.code, coupon.id, off))
    return said, offs


def _off(coupon: Coupon, whole: Decimal, rates: Rates, currency: str) -> Decimal:
    if coupon.percent is not None:
        return cents(whole * coupon.percent / HUNDRED, currency)
    return min(whole, cents(rates.told_in(coupon.amount or ZERO, coupon.currency, currency), currency))


def _spent(situation: Situation, coupons: dict[str, Coupon]) -> set[str]:
    """Those that are for once each and that this customer has had."""
    once = {one.pk: code for code, one in coupons.items() if one.once_each}
    if not once or situation.party_id is None:
        return set()
    uses = CouponUse.objects.filter(coupon__in=once, party=situation.party_id)
    return {once[pk] for pk in uses.values_list("coupon_id", flat=True)}


def _refused(coupon: Coupon | None, situation: Situation, whole: Decimal, rates: Rates, *, used: bool) -> str:
    """Why a coupon takes nothing off, as a sentence; empty if it does."""
    if coupon is None or not coupon.active:
        return _("There is no such coupon. Look whether it is written as it should be.")
    day = situation.coupons_on or situation.day
    if coupon.valid_from is not None and day < coupon.valid_from:
        return _("This coupon holds from %(day)s on.") % {"day": date_format(coupon.valid_from, "j F Y")}
    if coupon.valid_to is not None and day > coupon.valid_to:
        return _("This coupon held until %(day)s.") % {"day": date_format(coupon.valid_to, "j F Y")}
    if not _is_for(coupon, situation):
        return _("This coupon is not for this customer or this purchase.")
    if coupon.limit is not None and coupon.used >= coupon.limit:
        return _("This coupon has been used as often as it may be.")
    if used:
        return _("This customer has used this coupon already.")
    return _too_little(coupon, situation, whole, rates)


def _is_for(coupon: Coupon, situation: Situation) -> bool:
    if coupon.customer_class and coupon.customer_class != situation.customer_class:
        return False
    parts = ((getattr(coupon, f"{name}_id"), getattr(situation, f"{name}_id")) for name in _PARTS)
    return all(wanted is None or wanted == there for wanted, there in parts)


_PARTS = ("company", "channel", "area", "party")


def _too_little(coupon: Coupon, situation: Situation, whole: Decimal, rates: Rates) -> str:
    try:
        total = rates.told_in(whole, situation.currency, coupon.currency)
    except NoRate as lacking:
        return str(lacking)
    if total < coupon.min_total:
        told = {"total": f"{coupon.min_total:f}", "currency": coupon.currency}
        return _("This coupon holds from a total of %(total)s %(currency)s on.") % told
    return ""


def currencies_of(coupons: dict[str, Coupon]) -> set[str]:
    """In which currencies coupons are told."""
    return {one.currency for one in coupons.values()} | {EURO}
