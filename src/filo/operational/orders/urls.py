"""Addresses of orders."""

from django.urls import path

from filo.operational.orders.views import acts, pages, papers, public, settings

app_name = "orders"
urlpatterns = [
    path("orders", pages.index, name="list"),
    path("orders/new", pages.new, name="new"),
    path("orders/<uuid:order_id>", pages.page, name="order"),
    path("orders/<uuid:order_id>/write", acts.write, name="write"),
    path("orders/<uuid:order_id>/changes", pages.changes, name="changes"),
    path("orders/<uuid:order_id>/change", acts.change, name="change"),
    path("orders/<uuid:order_id>/confirm", acts.confirm, name="confirm"),
    path("orders/<uuid:order_id>/prepare", acts.step, {"verb": "prepare"}, name="prepare"),
    path("orders/<uuid:order_id>/unprepare", acts.step, {"verb": "unprepare"}, name="unprepare"),
    path("orders/<uuid:order_id>/reopen", acts.step, {"verb": "reopen"}, name="reopen"),
    path("orders/<uuid:order_id>/fill", acts.step, {"verb": "fill"}, name="fill"),
    path("orders/<uuid:order_id>/ship", acts.ship, name="ship"),
    path("orders/<uuid:order_id>/return", acts.give_back, name="return"),
    path("orders/<uuid:order_id>/cancel", acts.cancel, name="cancel"),
    path("orders/<uuid:order_id>/copy", acts.copy, name="copy"),
    path("orders/shipments/<uuid:shipment_id>/arrived", acts.shipment_step, {"verb": "arrived"}, name="arrived"),
    path("orders/shipments/<uuid:shipment_id>/not-arrived", acts.shipment_step, {"verb": "not"}, name="not-arrived"),
    path("orders/from-quote/<uuid:quote_id>", pages.from_quote, name="from-quote"),
    path("parties/<uuid:party_id>/orders", pages.of_party, name="of-party"),
    path("orders/<uuid:order_id>/picking-list", papers.picking, name="picking-list"),
    path("orders/<uuid:order_id>/restore", acts.step, {"verb": "restore"}, name="restore"),
    path("orders/shipments/<uuid:shipment_id>/delivery-note", papers.delivery_note, name="delivery-note"),
    path("settings/orders", settings.index, name="settings"),
    path("settings/orders/carriers/new", settings.new_carrier, name="carrier-new"),
    path("settings/orders/carriers/<uuid:carrier_id>", settings.carrier, name="carrier"),
    path("settings/orders/promises/<uuid:company_id>", settings.promise, name="promise"),
    path("p/order", public.ask, name="ask"),
    path("p/order/<str:token>", public.page, name="public"),
]
