"""Addresses of the shop."""

from django.urls import path

from filo.collaborative.shop.views import buying, cards, carts, pages, settings

app_name = "shop"
urlpatterns = [
    path("p/shop", pages.home, name="home"),
    path("p/shop/find", pages.find, name="find"),
    path("p/shop/p/<path:code>", pages.product, name="product"),
    path("p/shop/images/<uuid:image_id>", pages.image, name="image"),
    path("p/shop/terms", pages.terms, name="terms"),
    path("p/shop/cart", carts.page, name="cart"),
    path("p/shop/cart/add", carts.add, name="add"),
    path("p/shop/cart/<uuid:variant_id>", carts.change, name="change"),
    path("p/shop/cart/<uuid:variant_id>/back/<int:quantity>", carts.back, name="put-back"),
    path("p/shop/cart/coupon", carts.coupon, name="coupon"),
    path("p/shop/cart/coupon/off", carts.coupon_off, name="coupon-off"),
    path("p/shop/checkout", buying.checkout_page, name="checkout"),
    path("p/shop/thanks/<str:token>", buying.thanks, name="thanks"),
    path("p/shop/thanks/<str:token>/pay", buying.pay, name="pay"),
    path("parties/<uuid:party_id>/cart", cards.of_party, name="of-party"),
    path("settings/shop", settings.index, name="settings"),
    path("settings/shop/edit", settings.edit, name="settings-edit"),
    path("settings/shop/shipping/new", settings.new_way, name="shipping-new"),
    path("settings/shop/shipping/<uuid:way_id>", settings.edit_way, name="shipping-edit"),
]
