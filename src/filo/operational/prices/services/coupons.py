"""Using coupons: never more often than they may be, whoever tries at once."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from filo.foundation import clock
from filo.foundation.errors import DomainError
from filo.operational.prices.models import Coupon, CouponUse
from filo.operational.prices.queries.coupons import TERMS


class CouponRefused(DomainError):
    """It was used as often as it may be, or is not in use."""

    code = "coupon-refused"
    sentence = _("This coupon has been used as often as it may be.")


def use_coupon(coupon_id: UUID, party_id: UUID | None, source_kind: str, source_id: UUID) -> None:
    """It is used for this (`order`, its id); doing it twice for the same changes nothing. Raises `CouponRefused`.

    To be called in the transaction of what it is used for. The conditional update holds the limit and, as it locks the
    coupon until that transaction ends, makes whoever comes next see this use (safety C4).
    """
    mine = {"source_kind": source_kind, "source_id": source_id}
    with transaction.atomic():
        free = Q(limit=None) | Q(used__lt=F("limit"))
        took = Coupon.objects.filter(free, pk=coupon_id, active=True).update(used=F("used") + 1)
        if CouponUse.objects.filter(coupon=coupon_id, **mine).exists():
            if took:
                Coupon.objects.filter(pk=coupon_id).update(used=F("used") - 1)
            return
        if not took:
            raise CouponRefused
        coupon = Coupon.objects.get(pk=coupon_id)
        once = coupon.once_each
        if once and party_id and CouponUse.objects.filter(coupon=coupon_id, party=party_id).exists():
            raise CouponRefused(_("This customer has used this coupon already."))
        terms = {name: getattr(coupon, name) for name in TERMS}
        CouponUse.objects.create(coupon=coupon, party_id=party_id, once=once, at=clock.now(), **mine, **terms)


def use_no_others(coupon_ids: Collection[UUID], party_id: UUID | None, source_kind: str, source_id: UUID) -> None:
    """From now on these are used for it: those that it had stay as they were, the others are given back.

    Raises `CouponRefused`. To be called in the transaction of what it is used for.
    """
    with transaction.atomic():
        uses = CouponUse.objects.filter(source_kind=source_kind, source_id=source_id)
        had = set(uses.values_list("coupon_id", flat=True))
        concerned = Coupon.objects.select_for_update().filter(pk__in={*had, *coupon_ids})
        list(concerned.order_by("pk").values_list("pk"))  # in one order, as everybody locks them
        _give_back(uses.exclude(coupon__in=coupon_ids))
        for coupon_id in sorted(set(coupon_ids) - had):
            use_coupon(coupon_id, party_id, source_kind, source_id)


def give_back(source_kind: str, source_id: UUID) -> int:
    """What it was used for is given up: its coupons can be used again. Returns how many there were."""
    with transaction.atomic():
        return _give_back(CouponUse.objects.filter(source_kind=source_kind, source_id=source_id))


def _give_back(uses: QuerySet[CouponUse]) -> int:
    returned = 0
    for use in uses.order_by("coupon"):
        gone, _kinds = CouponUse.objects.filter(pk=use.pk).delete()
        if gone:  # whoever gives the same back at once finds it gone
            Coupon.objects.filter(pk=use.coupon_id).update(used=F("used") - 1)
            returned += 1
    return returned
