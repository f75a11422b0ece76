"""Addresses of checks at VIES."""

from django.urls import path

from filo.operational.vies.views import card

app_name = "vies"
urlpatterns = [
    path("parties/<uuid:party_id>/vies", card.ask, name="ask"),
    path("parties/<uuid:party_id>/vies/<slug:part>", card.take, name="take"),
]
