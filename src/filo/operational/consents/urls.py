"""Addresses of what customers agreed to."""

from django.urls import path

from filo.operational.consents import views

app_name = "consents"
urlpatterns = [
    path("parties/<uuid:party_id>/consents", views.of_party, name="of-party"),
    path("parties/<uuid:party_id>/consents/by-phone", views.by_phone, name="by-phone"),
    path("parties/<uuid:party_id>/consents/answer", views.answer, name="answer"),
]
