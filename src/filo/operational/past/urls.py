"""Addresses of past orders."""

from django.urls import path

from filo.operational.past import views

app_name = "past"
urlpatterns = [
    path("past-orders", views.index, name="list"),
    path("past-orders/<uuid:order_id>", views.page, name="order"),
    path("parties/<uuid:party_id>/past-orders", views.of_party_card, name="of-party"),
]
