"""Addresses of offers."""

from django.urls import path

from filo.operational.offers import views

app_name = "offers"
urlpatterns = [
    path("parties/<uuid:party_id>/propose", views.propose, name="propose"),
    path("offers", views.index, name="list"),
    path("offers/report", views.report, name="report"),
    path("offers/<uuid:offer_id>", views.page, name="offer"),
    path("offers/<uuid:offer_id>/quote", views.quote, name="quote"),
    path("offers/<uuid:offer_id>/close", views.close, name="close"),
]
