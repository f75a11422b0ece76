"""Price lists, discounts, coupons and what else makes prices, and what a basket costs, at the API."""

from ninja import Router

from filo.operational.prices.api import caps, classes, coupons, discounts, doors, plans, rates

router = Router()
for _part in (doors, coupons, discounts, caps, rates, plans, classes):
    router.add_router("", _part.router)
