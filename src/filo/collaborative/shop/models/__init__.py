"""The shop as it is set up, what it offers, and the carts of its visitors."""

from filo.collaborative.shop.models.cart import Cart, CartLine
from filo.collaborative.shop.models.offer import Offer
from filo.collaborative.shop.models.shop import ShippingWay, Shop

__all__ = ["Cart", "CartLine", "Offer", "ShippingWay", "Shop"]
