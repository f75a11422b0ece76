"""Addresses of interactions."""

from django.urls import path

from filo.operational.interactions.views import calls, files, outcomes, story

app_name = "interactions"
urlpatterns = [
    path("parties/<uuid:party_id>/interactions", story.log, name="log"),
    path("parties/<uuid:party_id>/colleagues", story.colleagues, name="colleagues"),
    path("parties/<uuid:party_id>/interactions/new", story.compose, name="compose"),
    path("parties/<uuid:party_id>/interactions/details", story.details, name="details"),
    path("interactions/<uuid:interaction_id>", story.interaction, name="interaction"),
    path("interactions/<uuid:interaction_id>/files/<uuid:row_id>", files.file, name="file"),
    path("interactions/<uuid:interaction_id>/remove", story.remove, name="remove"),
    path("parties/<uuid:party_id>/calls", calls.start, name="call-start"),
    path("calls/now", calls.now, name="call-now"),
    path("calls/waiting", calls.waiting, name="calls-waiting"),
    path("calls/<uuid:call_id>", calls.write_up, name="call"),
    path("calls/<uuid:call_id>/end", calls.end, name="call-end"),
    path("calls/<uuid:call_id>/draft", calls.draft, name="call-draft"),
    path("calls/<uuid:call_id>/drop", calls.drop, name="call-drop"),
    path("calls/<uuid:call_id>/back", calls.bring_back, name="call-back"),
    path("settings/outcomes", outcomes.index, name="outcomes"),
    path("settings/outcomes/new", outcomes.new, name="outcome-new"),
    path("settings/outcomes/<uuid:outcome_id>", outcomes.edit, name="outcome"),
]
