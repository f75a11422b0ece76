"""Addresses of a customer's area."""

from django.urls import path

from filo.collaborative.portal.views import own, pages, requests

app_name = "portal"
urlpatterns = [
    path("p/me", pages.home, name="home"),
    path("p/me/orders", pages.orders, name="orders"),
    path("p/me/orders/<uuid:order_id>", pages.order, name="order"),
    path("p/me/invoices", pages.invoices, name="invoices"),
    path("p/me/invoices/<uuid:invoice_id>.pdf", pages.invoice_pdf, name="invoice-pdf"),
    path("p/me/pay/<uuid:due_id>", pages.pay, name="pay"),
    path("p/me/requests", requests.index, name="requests"),
    path("p/me/requests/new", requests.new, name="request-new"),
    path("p/me/requests/<uuid:ticket_id>", requests.one, name="request"),
    path("p/me/facts", own.facts, name="facts"),
    path("p/me/facts/new/<slug:code>", own.fact, name="fact-new"),
    path("p/me/facts/<slug:code>/<uuid:trait_id>", own.fact, name="fact"),
    path("p/me/facts/<uuid:trait_id>", own.judge, name="judge"),
    path("p/me/data", own.data, name="data"),
    path("p/me/consents", own.consent, name="consent"),
    path("p/me/data/copy", own.copy, name="copy"),
    path("p/me/browsers/<uuid:visitor_id>/forget", own.forget, name="forget"),
]
