"""Addresses of interactions."""

from django.urls import path

from filo.operational.interactions.views import outcomes, story

app_name = "interactions"
urlpatterns = [
    path("parties/<uuid:party_id>/interactions", story.log, name="log"),
    path("parties/<uuid:party_id>/colleagues", story.colleagues, name="colleagues"),
    path("parties/<uuid:party_id>/interactions/new", story.compose, name="compose"),
    path("parties/<uuid:party_id>/interactions/details", story.details, name="details"),
    path("interactions/<uuid:interaction_id>", story.interaction, name="interaction"),
    path("interactions/<uuid:interaction_id>/remove", story.remove, name="remove"),
    path("settings/outcomes", outcomes.index, name="outcomes"),
    path("settings/outcomes/new", outcomes.new, name="outcome-new"),
    path("settings/outcomes/<uuid:outcome_id>", outcomes.edit, name="outcome"),
]
