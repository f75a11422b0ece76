"""Discounts, coupons in series, caps by role and classes of customers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.models import Role
from filo.foundation.access.principal import Principal
from filo.foundation.audit.services import record
from filo.foundation.errors import Forbidden, InvalidFields, Stale
from filo.foundation.folding import clean_line
from filo.operational.parties.models import Party
from filo.operational.prices.events import CouponChanged, DiscountChanged
from filo.operational.prices.models import Coupon, Discount, DiscountCap, PartyClass
from filo.operational.prices.policies import PRICE_KEPT
from filo.operational.prices.queries.coupons import folded_code
from filo.operational.prices.reckoned import version_of
from filo.operational.prices.services.keeping import keep
from filo.operational.prices.services.lists import drop_empty_code, refuse_currency, refuse_nameless, refuse_scope

# Letters and figures that nobody mistakes for others when a code is read aloud.
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
MOST_AT_ONCE = 10_000


def save_discount(
    principal: Principal, found: Discount | None, facts: Mapping[str, Any], *, version: int | None = None
) -> Discount:
    """Make a discount or change it. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    told = dict(facts)
    found = found or Discount(code=told.pop("code", "") or _free(told.get("name", "")), created_at=clock.now())
    drop_empty_code(told)
    if Discount.objects.filter(code=told.get("code", found.code)).exclude(pk=found.pk).exists():
        raise InvalidFields({"code": _("There is a discount of this code already.")})
    refuse_nameless(found, told)
    _percent(told, "percent")
    _not_negative(told, "min_quantity", "min_total")
    refuse_scope(found, told)
    return keep(
        principal, found, told, kind="discount", tells=lambda pk, _f: DiscountChanged(discount=pk), version=version
    )


def _free(name: str) -> str:
    stem = slugify(name)[:50] or "discount"
    taken = set(Discount.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for code in (stem, *(f"{stem}-{count}" for count in range(2, 10_000))) if code not in taken)


def _percent(told: Mapping[str, Any], name: str) -> None:
    value = told.get(name)
    if value is not None and not 0 < value <= 100:
        raise InvalidFields({name: _("A percentage is more than 0 and at most 100.")})


def _not_negative(told: Mapping[str, Any], *names: str) -> None:
    wrong = [name for name in names if told.get(name) is not None and told[name] < 0]
    if wrong:
        raise InvalidFields(dict.fromkeys(wrong, _("It cannot be less than nothing.")))


def save_coupon(
    principal: Principal, found: Coupon | None, facts: Mapping[str, Any], *, version: int | None = None
) -> Coupon:
    """Make a coupon or change it. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    told = dict(facts)
    found = found or Coupon(created_at=clock.now())
    if "code" in told or found._state.adding:
        told["code"] = clean_line(told.get("code", ""), max_length=40)
        told["code_folded"] = folded_code(told["code"])
        if not told["code_folded"]:
            raise InvalidFields({"code": _("A code has letters or figures.")})
        if Coupon.objects.filter(code_folded=told["code_folded"]).exclude(pk=found.pk).exists():
            raise InvalidFields({"code": _("There is a coupon of this code already.")})
    _refuse_coupon(found, told)
    return keep(principal, found, told, kind="coupon", tells=lambda pk, _f: CouponChanged(coupon=pk), version=version)


def _refuse_coupon(found: Coupon, told: Mapping[str, Any]) -> None:
    percent, amount = (told.get(name, getattr(found, name)) for name in ("percent", "amount"))
    if (percent is None) == (amount is None):
        raise InvalidFields({"percent": _("Say a percentage or an amount, one of the two.")})
    _percent({"percent": percent}, "percent")
    if amount is not None and amount <= 0:
        raise InvalidFields({"amount": _("Say an amount greater than zero.")})
    limit = told.get("limit", found.limit)
    if limit is not None and limit < 1:
        raise InvalidFields({"limit": _("Say how often: at least once, or nothing for as often as one likes.")})
    if limit is not None and limit < found.used:
        raise InvalidFields({"limit": _("It was used %(used)s times already.") % {"used": found.used}})
    _not_negative(told, "min_total")
    refuse_currency(found, told)
    refuse_scope(found, told)


def make_series(principal: Principal, facts: Mapping[str, Any], *, stem: str, count: int) -> list[Coupon]:
    """Many coupons at once, each with a code of its own that nobody guesses, to be used once.

    Raises `Forbidden`, `InvalidFields`.
    """
    principal.require("price", "create")
    if not 1 <= count <= MOST_AT_ONCE:
        raise InvalidFields({"count": _("At once between 1 and %(most)s.") % {"most": MOST_AT_ONCE}})
    stem = clean_line(stem, max_length=20).upper()
    if not folded_code(stem):
        raise InvalidFields({"stem": _("A code has letters or figures.")})
    _refuse_coupon(Coupon(), facts)
    if not PRICE_KEPT.allows(principal, Coupon(**facts)):
        raise Forbidden
    codes: set[str] = set()
    while len(codes) < count:
        codes.add(f"{stem}-{''.join(secrets.choice(SIGNS) for _sign in range(8))}".strip("-"))
    now, told = clock.now(), {**facts, "limit": 1, "series": stem}
    with transaction.atomic():
        made = [Coupon(code=one, code_folded=folded_code(one), created_at=now, **told) for one in sorted(codes)]
        Coupon.objects.bulk_create(made, batch_size=500)
        changes = {"series": (None, stem), "count": (None, count)}
        record(principal, "coupon.series", kind="coupon", object_id=made[0].pk, changes=changes)
    return made


def save_cap(
    principal: Principal, found: DiscountCap | None, facts: Mapping[str, Any], *, version: int | None = None
) -> DiscountCap:
    """How much a role may give without asking. Raises `Forbidden`, `InvalidFields`, `Stale`."""
    principal.require("settings", "edit")
    found = found or DiscountCap()
    same = {name: facts.get(name, getattr(found, name)) for name in ("role", "company", "line")}
    if not Role.objects.filter(code=same["role"]).exists():
        raise InvalidFields({"role": _("There is no role with this code.")})
    if DiscountCap.objects.filter(**same).exclude(pk=found.pk).exists():
        raise InvalidFields({"role": _("There is a cap for these already.")})
    if not 0 <= facts.get("percent", found.percent) <= 100:
        raise InvalidFields({"percent": _("A percentage is between 0 and 100.")})
    return keep(principal, found, facts, kind="discount-cap", version=version)


def remove_cap(principal: Principal, found: DiscountCap) -> None:
    """The role asks nobody any more. Raises `Forbidden`."""
    principal.require("settings", "edit")
    with transaction.atomic():
        changes = {"percent": (found.percent, None), "role": (found.role, None)}
        record(principal, "discount-cap.remove", kind="discount-cap", object_id=found.pk, changes=changes)
        found.delete()


def set_class(
    principal: Principal, party: Party, word: str, *, company_id: UUID | None = None, version: int | None = None
) -> None:
    """Say of which class a customer is for prices; no word: of none. `version`: of the word that the writer had read.

    Raises `Forbidden`, `Stale`.
    """
    principal.require("price", "edit")
    word = clean_line(word, max_length=40).casefold()
    if not Party.objects.visible_to(principal).filter(pk=party.pk).exists():
        raise Forbidden
    with transaction.atomic():
        Party.objects.select_for_update().get(pk=party.pk)
        found = PartyClass.objects.filter(party=party, company=company_id).first()
        before = found.word if found else ""
        if version is not None and version != version_of(before):
            raise Stale({"word": (before, word)}, version=version_of(before))
        if before == word:
            return
        if word:
            PartyClass.objects.update_or_create(party=party, company_id=company_id, defaults={"word": word})
        elif found:
            found.delete()
        record(principal, "party.price-class", kind="party", object_id=party.pk, changes={"class": (before, word)})
