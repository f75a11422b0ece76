"""The verbs of the shop: putting into the cart, buying, and setting it up."""

from filo.collaborative.shop.services.carts import Added, name_coupon, put_in_cart, set_quantity, take_coupon_off
from filo.collaborative.shop.services.checkout import Placed, checkout
from filo.collaborative.shop.services.following import follow, unfollow
from filo.collaborative.shop.services.offers import keep_offers
from filo.collaborative.shop.services.settings import save_shipping, save_shop

__all__ = [
    "Added",
    "Placed",
    "checkout",
    "follow",
    "keep_offers",
    "name_coupon",
    "put_in_cart",
    "save_shipping",
    "save_shop",
    "set_quantity",
    "take_coupon_off",
    "unfollow",
]
