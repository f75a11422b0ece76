"""The figures that lists of the shop are sorted and narrowed by are kept as the catalogue and the prices are now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q, Sum

from filo.collaborative.shop.models import Offer, Shop
from filo.collaborative.shop.queries.pricing import situation_in
from filo.foundation import clock
from filo.foundation.money import ZERO
from filo.operational.catalogue.models import Product, Variant
from filo.operational.orders.models import OrderLine
from filo.operational.prices.queries.singly import price_singly

SOLD_WITHIN, AT_ONCE = timedelta(days=90), 200
KEPT = ("variant", "folded", "low", "high", "sold", "since")


def keep_offers(ids: Iterable[UUID] | None = None, *, tell: Callable[[int], None] = lambda _done: None) -> int:
    """Keep the offers of some products, or (None) of all; gives how many there are of them. Step by step, so that
    nobody waits for the whole.
    """
    shop = Shop.objects.first()
    wanted = list(ids) if ids is not None else None
    if shop is None:
        _forget(wanted, ())
        return 0
    rows = Product.objects.on_sale(clock.today()).filter(Q(company=None) | Q(company=shop.company_id))
    products = rows.filter(pk__in=wanted) if wanted is not None else rows
    known: list[UUID] = list(products.order_by("pk").values_list("pk", flat=True))
    offered: set[UUID] = set()
    for start in range(0, len(known), AT_ONCE):
        offered |= _keep(shop, known[start : start + AT_ONCE])
        tell(len(offered))
    _forget(wanted, offered)
    return len(offered)


def _keep(shop: Shop, ids: Sequence[UUID]) -> set[UUID]:
    variants = list(Variant.objects.filter(product__in=ids, active=True).order_by("product", "position", "pk"))
    told = price_singly(situation_in(shop, None, "it"), [one.pk for one in variants])
    prices: dict[UUID, list[tuple[Decimal, UUID]]] = defaultdict(list)
    for one in variants:
        if one.pk in told:
            prices[one.product_id].append((told[one.pk].amount, one.pk))
    sold = _sold(ids)
    offers = []
    for product in Product.objects.filter(pk__in=list(prices)):
        found = prices[product.pk]
        (low, cheapest), high = min(found, key=lambda pair: pair[0]), max(amount for amount, _pk in found)
        offers.append(
            Offer(
                product=product,
                variant_id=cheapest,
                folded=product.folded,
                low=low,
                high=high,
                sold=sold.get(product.pk, ZERO),
                since=product.created_at,
            )
        )
    with transaction.atomic():
        Offer.objects.bulk_create(offers, update_conflicts=True, unique_fields=["product"], update_fields=KEPT)
    return {offer.pk for offer in offers}


def _sold(ids: Sequence[UUID]) -> dict[UUID, Decimal]:
    since = clock.now() - SOLD_WITHIN
    rows = OrderLine.objects.filter(order__confirmed_at__gte=since, variant__product__in=ids)
    sums = rows.exclude(order__state="cancelled").order_by().values("variant__product").annotate(many=Sum("quantity"))
    return {row["variant__product"]: row["many"] for row in sums}


def _forget(wanted: Sequence[UUID] | None, offered: Iterable[UUID]) -> None:
    rows = Offer.objects.filter(product__in=wanted) if wanted is not None else Offer.objects.all()
    gone = list(set(rows.values_list("pk", flat=True)) - set(offered))
    for start in range(0, len(gone), AT_ONCE):
        Offer.objects.filter(pk__in=gone[start : start + AT_ONCE]).delete()
