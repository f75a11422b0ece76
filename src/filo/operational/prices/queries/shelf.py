"""All that a basket's price hangs on, read in a handful of queries however many lines it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Max, Q

from filo.operational.catalogue.models import Variant
from filo.operational.prices.asking import Situation
from filo.operational.prices.cascade import DiscountFacts
from filo.operational.prices.exchange import EURO, Rate, Rates
from filo.operational.prices.facts import Goods, ListFacts, RuleFacts, tiers_first
from filo.operational.prices.models import Discount, ExchangeRate, PriceList, PriceRule, about_of

# Lists and discounts that ended or begin further off than this are not told about.
NEAR = timedelta(days=90)
_CATEGORY_SIGNS = (" > ", "/", "|")
Rules = Mapping[tuple[UUID, str], Sequence[RuleFacts]]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What was read for one basket."""

    variants: Mapping[UUID, Variant]
    goods: Mapping[UUID, Goods]
    lists: Sequence[ListFacts]
    rules: Rules
    discounts: Sequence[DiscountFacts]


def read_shelf(situation: Situation, variant_ids: Iterable[UUID]) -> Shelf:
    """What there is for a situation and these variants."""
    variants = Variant.objects.select_related("product__vat").prefetch_related("product__texts").in_bulk(variant_ids)
    goods = {pk: goods_of(variant) for pk, variant in variants.items()}
    keys = {key for one in goods.values() for key in one.keys}
    lists = lists_for(situation)
    return Shelf(variants, goods, lists, rules_of([one.id for one in lists], keys), discounts_for(situation))


def goods_of(variant: Variant) -> Goods:
    """A variant as the rules see it."""
    product = variant.product
    keys = [about_of(variant=variant.pk), about_of(product=product.pk)]
    keys += [about_of(category=name) for name in categories(product.category)]
    if product.line_id is not None:
        keys.append(about_of(line=product.line_id))
    return Goods([*keys, ""], variant.price, variant.cost, variant.currency, product.vat.rate)


def categories(category: str) -> list[str]:
    """A category and those it lies in, the nearest first: `Women > Shirts`, `Women`."""
    sign = next((sign for sign in _CATEGORY_SIGNS if sign in category), None)
    if sign is None:
        return [category] if category else []
    parts = category.split(sign)
    return [sign.join(parts[:count]).strip() for count in range(len(parts), 0, -1) if parts[count - 1].strip()]


def for_the_situation(situation: Situation) -> Q:
    """What is for everybody, or for what the situation names."""
    classes = ["", situation.customer_class] if situation.customer_class else [""]
    found = Q(active=True, customer_class__in=classes)
    for name in ("company", "channel", "area", "party"):
        value = getattr(situation, f"{name}_id")
        found &= (
            Q(**{f"{name}__isnull": True}) if value is None else Q(**{f"{name}__isnull": True}) | Q(**{name: value})
        )
    return found


def _near(day: date) -> Q:
    begins = Q(valid_from=None) | Q(valid_from__lte=day + NEAR)
    return begins & (Q(valid_to=None) | Q(valid_to__gte=day - NEAR))


def lists_for(situation: Situation) -> list[ListFacts]:
    """The lists for a situation; those near their days too, so that it can be told why they do not hold."""
    wanted = for_the_situation(situation) & _near(situation.day)
    if situation.list_id is not None:
        wanted = Q(pk=situation.list_id)
    return [_list_facts(one) for one in PriceList.objects.filter(wanted)]


def _list_facts(one: PriceList) -> ListFacts:
    narrowed = sum(part is not None for part in (one.company_id, one.channel_id, one.area_id))
    special = (int(one.party_id is not None), int(bool(one.customer_class)), narrowed)
    facts = (one.id, one.code, one.name, one.currency, one.gross, one.cascade, special, one.priority)
    return ListFacts(*facts, one.valid_from, one.valid_to)


_RULE = ("list_id", "about", "min_quantity", "means", "value", "valid_from", "valid_to")


def rules_of(lists: Sequence[UUID], keys: Iterable[str]) -> Rules:
    """The rules of lists about what is named, by list and what they are about, in the order of trying."""
    if not lists:
        return {}
    found: dict[tuple[UUID, str], list[RuleFacts]] = defaultdict(list)
    for row in PriceRule.objects.filter(list__in=lists, about__in=list(keys)).order_by().values_list(*_RULE):
        rule = RuleFacts(*row)
        found[rule.list_id, rule.about].append(rule)
    return {key: tiers_first(rules) for key, rules in found.items()}


def discounts_for(situation: Situation) -> list[DiscountFacts]:
    """The discounts for a situation, in the order in which they come one upon the other."""
    found = Discount.objects.filter(for_the_situation(situation) & _near(situation.day))
    return [
        DiscountFacts(
            one.code,
            one.name,
            one.percent,
            about_of(product=one.product_id, line=one.line_id, category=one.category),
            one.min_quantity,
            one.min_total,
            one.alone,
            one.valid_from,
            one.valid_to,
        )
        for one in found.order_by("priority", "name", "id")
    ]


def rates_on(day: date, currencies: Iterable[str]) -> Rates:
    """What was known of some currencies on a day: of each the latest rate until then."""
    wanted = set(currencies) - {EURO}
    if not wanted:
        return Rates(day, {})
    known = ExchangeRate.objects.filter(currency__in=wanted, day__lte=day).order_by()
    latest = known.values("currency").annotate(latest=Max("day")).values_list("currency", "latest")
    which = Q(pk__in=[])
    for currency, since in latest:
        which |= Q(currency=currency, day=since)
    return Rates(day, {one.currency: Rate(one.rate, one.day) for one in ExchangeRate.objects.filter(which)})
