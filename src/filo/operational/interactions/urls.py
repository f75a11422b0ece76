"""Addresses of interactions."""

from django.urls import path

from filo.operational.interactions import views

app_name = "interactions"
urlpatterns = [
    path("parties/<uuid:party_id>/interactions", views.log, name="log"),
    path("interactions/<uuid:interaction_id>", views.interaction, name="interaction"),
    path("interactions/<uuid:interaction_id>/remove", views.remove, name="remove"),
]
