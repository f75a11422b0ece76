"""What may be proposed to a customer: by four rules, each product with its reason; only what he may see, what is there,
and what has a price for him.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from filo.foundation import clock
from filo.foundation.access.principal import Principal
from filo.foundation.folding import fold
from filo.foundation.organisation.models import SellingCompany
from filo.foundation.web.templatetags.web import full_day
from filo.operational.catalogue.models import Product, ProductRelation, Variant
from filo.operational.catalogue.queries.finding import free_of, variants_by_id
from filo.operational.catalogue.queries.showing import open_to, products_in, shown_to
from filo.operational.catalogue.queries.wordings import catalogue_name
from filo.operational.orders.models import Order, OrderLine
from filo.operational.parties.models import Party
from filo.operational.past.models import PastLine, PastOrder
from filo.operational.prices.queries.singly import price_singly
from filo.operational.prices.queries.situations import situation_of
from filo.operational.profile.models import TraitKind
from filo.operational.profile.queries import sure_values

SIZES = ("taglia", "size")  # folded names of the option
OF_EACH, LATELY, TIMES = 4, timedelta(days=180), 2
NOTHING_SOLD = ("draft", "cancelled")


@dataclass(frozen=True)
class Pick:
    """A product that may be proposed. price: of one, before tax, as the price engine says for this customer."""

    variant_id: UUID
    description: str
    rule: str
    reason: str
    price: Decimal
    free: Decimal | None


@dataclass(frozen=True)
class _Found:
    variant: UUID
    rule: str
    reason: str


def picks_for(principal: Principal, party: Party, company: SellingCompany | None) -> list[Pick]:
    """What this colleague may propose to a customer that he sees, the surest rule first; each product once."""
    shown = shown_to(party, None, clock.today())
    bought = _bought(principal, party)
    found: dict[UUID, _Found] = {}
    for rows in (
        _again(bought),
        _goes_with(shown, bought),
        _reserved(party),
        _liked(shown, bought),
    ):
        for one in _first(rows, found):
            found[one.variant] = one
    return _priced(principal, party, company, shown, _in_his_size(party, list(found.values())))


@dataclass(frozen=True)
class _Bought:
    """variants: how often, and when last. products: which these are of, and their categories."""

    variants: dict[UUID, tuple[int, str]]
    products: dict[UUID, tuple[str, str]]


def _bought(principal: Principal, party: Party) -> _Bought:
    orders = Order.objects.visible_to(principal).filter(party=party).exclude(state__in=NOTHING_SOLD)
    past = PastOrder.objects.visible_to(principal).filter(party=party).exclude(state="cancelled")
    times: dict[UUID, int] = {}
    last: dict[UUID, str] = {}
    lines = OrderLine.objects.filter(order__in=orders.values("pk"), variant__isnull=False).order_by()
    for variant, number, moment in lines.values_list("variant").annotate(
        n=Count("order", distinct=True), at=Max("order__confirmed_at")
    ):
        times[variant], last[variant] = number, full_day(moment) if moment else ""
    before = PastLine.objects.filter(order__in=past.values("pk"), variant__isnull=False, quantity__gt=0).order_by()
    for variant, number, day in before.values_list("variant").annotate(
        n=Count("order", distinct=True), at=Max("order__day")
    ):
        times[variant] = times.get(variant, 0) + number
        last.setdefault(variant, full_day(day) if day else "")
    products = {
        product: (name, category)
        for product, name, category in Product.objects.filter(variants__in=list(times)).values_list(
            "pk", "name", "category"
        )
    }
    return _Bought({key: (number, last.get(key, "")) for key, number in times.items()}, products)


def _again(bought: _Bought) -> Iterator[_Found]:
    often = sorted(bought.variants.items(), key=lambda one: -one[1][0])
    for variant, (number, day) in often:
        if number >= TIMES:
            yield _Found(variant, "again", _("Bought %(n)s times, last on %(day)s.") % {"n": number, "day": day})


def _goes_with(shown: QuerySet[Product], bought: _Bought) -> Iterator[_Found]:
    rows = ProductRelation.objects.filter(product__in=list(bought.products), other__in=shown.values("pk"))
    named = {row.other_id: bought.products[row.product_id][0] for row in rows if row.other_id not in bought.products}
    for product, variant in _one_of_each(list(named)):
        yield _Found(variant, "goes-with", _("Goes with “%(name)s”, bought before.") % {"name": named[product]})


def _reserved(party: Party) -> Iterator[_Found]:
    for catalogue in open_to(party, None, clock.today()):
        if not catalogue.everybody:
            products = [one.pk for one in products_in(catalogue, clock.today())[: 3 * OF_EACH]]
            for _product, variant in _one_of_each(products):
                yield _Found(
                    variant,
                    "reserved",
                    _("In “%(name)s”, which is for this customer.") % {"name": catalogue_name(catalogue)},
                )


def _liked(shown: QuerySet[Product], bought: _Bought) -> Iterator[_Found]:
    kinds = {category for _name, category in bought.products.values() if category}
    rows = OrderLine.objects.filter(
        order__confirmed_at__gte=clock.now() - LATELY,
        variant__product__category__in=kinds,
        variant__product__in=shown.values("pk"),
    )
    rows = rows.exclude(order__state__in=NOTHING_SOLD).exclude(variant__product__in=list(bought.products))
    sold = rows.order_by().values_list("variant", "variant__product__category").annotate(whole=Sum("quantity"))
    for variant, category, _whole in sorted(sold, key=lambda one: -one[2])[: 3 * OF_EACH]:
        reason = _("Others buy it in “%(kind)s”, where purchases were made before.") % {"kind": category}
        yield _Found(variant, "liked", reason)


def _in_his_size(party: Party, found: Sequence[_Found]) -> list[_Found]:
    """The same, each in the size that is known of him where it is there; what he bought himself stays as it was."""
    sizes = _sizes_of(party)
    if not sizes:
        return list(found)
    picked_ids = [one.variant for one in found if one.rule != "again"]
    products = dict(Variant.objects.filter(pk__in=picked_ids).values_list("pk", "product"))
    rows = Variant.objects.filter(product__in=set(products.values()), active=True).select_related("product")
    worn = [row for row in rows if any(fold(n) in SIZES and fold(str(v)) in sizes for n, v in row.values.items())]
    free = free_of([row.pk for row in worn])
    his = {row.product_id: row.pk for row in worn if not row.product.stocked or free.get(row.pk, Decimal(0)) > 0}
    kept: dict[UUID, _Found] = {}
    for one in found:
        variant = his.get(products[one.variant], one.variant) if one.variant in products else one.variant
        kept.setdefault(variant, replace(one, variant=variant))
    return list(kept.values())


def _sizes_of(party: Party) -> set[str]:
    """The size that he wears, as catalogues may write it."""
    values, kind = set(sure_values(party, "size")), TraitKind.objects.filter(code="size", active=True).first()
    return {fold(word) for choice in kind.choices if choice[0] in values for word in choice} if kind else set()


def _one_of_each(products: Sequence[UUID]) -> Iterator[tuple[UUID, UUID]]:
    """For each product, in their order, the variant of which most is there."""
    rows = list(Variant.objects.filter(product__in=products, active=True).values_list("product", "pk"))
    free = free_of([variant for _product, variant in rows])
    best: dict[UUID, UUID] = {}
    for product, variant in sorted(rows, key=lambda row: -free.get(row[1], Decimal(0))):
        best.setdefault(product, variant)
    for product in products:
        if product in best:
            yield product, best[product]


def _first(rows: Iterator[_Found], found: dict[UUID, _Found]) -> Iterator[_Found]:
    """So many of a rule, but none that another rule picked."""
    number = 0
    for one in rows:
        if number == 2 * OF_EACH:
            return
        if one.variant not in found:
            number += 1
            yield one


def _priced(
    principal: Principal,
    party: Party,
    company: SellingCompany | None,
    shown: QuerySet[Product],
    found: Sequence[_Found],
) -> list[Pick]:
    keys = [one.variant for one in found]
    seen = set(
        Variant.objects.filter(pk__in=keys, product__in=shown.values("pk"), active=True).values_list("pk", flat=True)
    )
    told, free = variants_by_id(principal, seen), free_of(seen)
    stocked = set(Variant.objects.filter(pk__in=seen, product__stocked=True).values_list("pk", flat=True))
    situation = situation_of(party.pk, company.pk if company else None, gross=False, language=get_language() or "it")
    prices = price_singly(situation, seen)
    picks: list[Pick] = []
    by_rule: dict[str, int] = {}
    for one in found:
        is_there = one.variant not in stocked or free.get(one.variant, Decimal(0)) > 0
        if one.variant not in told or one.variant not in prices or not is_there or by_rule.get(one.rule, 0) == OF_EACH:
            continue
        by_rule[one.rule] = by_rule.get(one.rule, 0) + 1
        line = prices[one.variant]
        left = free.get(one.variant, Decimal(0)) if one.variant in stocked else None
        picks.append(Pick(one.variant, line.description, one.rule, one.reason, line.amount, left))
    return picks


def picked(picks: Iterable[Pick], chosen: Iterable[UUID]) -> list[Pick]:
    """Those of the picks that were chosen."""
    wanted = set(chosen)
    return [one for one in picks if one.variant_id in wanted]
