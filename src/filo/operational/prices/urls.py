"""Addresses of prices."""

from django.urls import path

from filo.operational.prices.views import coupons, discounts, editing, lists, parties, plans, settings, why

app_name = "prices"
urlpatterns = [
    path("price-lists", lists.index, name="lists"),
    path("price-lists/new", lists.new, name="new"),
    path("price-lists/articles", why.articles, name="articles"),
    path("price-lists/<uuid:list_id>", lists.page, name="list"),
    path("price-lists/<uuid:list_id>/edit", lists.edit, name="edit"),
    path("price-lists/<uuid:list_id>/active", lists.active, name="active"),
    path("price-lists/<uuid:list_id>/copy", lists.copy, name="copy"),
    path("price-lists/<uuid:list_id>/cells", editing.cells, name="cells"),
    path("price-lists/<uuid:list_id>/add", editing.add, name="add"),
    path("price-lists/<uuid:list_id>/paste", editing.paste, name="paste"),
    path("price-lists/<uuid:list_id>/file", editing.file, name="file"),
    path("prices/why", why.page, name="why"),
    path("discounts", discounts.index, name="discounts"),
    path("discounts/new", discounts.new, name="discount-new"),
    path("discounts/<uuid:discount_id>", discounts.edit, name="discount"),
    path("coupons", coupons.index, name="coupons"),
    path("coupons/new", coupons.new, name="coupon-new"),
    path("coupons/series", coupons.series, name="series"),
    path("coupons/file", coupons.file, name="coupons-file"),
    path("coupons/<uuid:coupon_id>", coupons.edit, name="coupon"),
    path("products/<uuid:product_id>/plans", plans.edit, name="plans"),
    path("parties/<uuid:party_id>/prices", parties.of_party, name="of-party"),
    path("parties/<uuid:party_id>/price-class", parties.price_class, name="price-class"),
    path("settings/prices", settings.index, name="settings"),
    path("settings/prices/caps/new", settings.new_cap, name="cap-new"),
    path("settings/prices/caps/<uuid:cap_id>", settings.edit_cap, name="cap"),
    path("settings/prices/caps/<uuid:cap_id>/remove", settings.remove, name="cap-remove"),
    path("settings/prices/rates", settings.rates, name="rates"),
    path("settings/prices/rate", settings.rate, name="rate"),
    path("settings/prices/source", settings.source, name="rate-source"),
]
