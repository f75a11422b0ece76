"""Price lists with their rules, discounts, coupons, caps, classes of customers, plans, and rates of exchange."""

from filo.operational.prices.models.coupon import Coupon, CouponUse
from filo.operational.prices.models.discount import Discount, DiscountCap
from filo.operational.prices.models.party_class import PartyClass
from filo.operational.prices.models.plan import FEATURE_KINDS, PlanFeature
from filo.operational.prices.models.price_list import MEANS, PriceList, PriceRule, about_of
from filo.operational.prices.models.rate import ExchangeRate, RateSource

__all__ = [
    "FEATURE_KINDS",
    "MEANS",
    "Coupon",
    "CouponUse",
    "Discount",
    "DiscountCap",
    "ExchangeRate",
    "PartyClass",
    "PlanFeature",
    "PriceList",
    "PriceRule",
    "RateSource",
    "about_of",
]
