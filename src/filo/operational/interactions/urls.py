"""Addresses of interactions."""

from django.urls import path

from filo.operational.interactions import views

app_name = "interactions"
urlpatterns = [
    path("parties/<uuid:party_id>/interactions", views.log, name="log"),
    path("parties/<uuid:party_id>/interactions/new", views.compose, name="compose"),
    path("interactions/details", views.details, name="details"),
    path("interactions/<uuid:interaction_id>", views.interaction, name="interaction"),
    path("interactions/<uuid:interaction_id>/remove", views.remove, name="remove"),
]
