"""Addresses of requests."""

from django.urls import path

from filo.operational.service.views import acts, customers, lists, pages, reports, settings

app_name = "service"
urlpatterns = [
    path("tickets", lists.index, name="list"),
    path("tickets/filter", lists.filter_form, name="filter"),
    path("tickets/new", pages.new, name="new"),
    path("tickets/report", reports.level, name="report"),
    path("tickets/complaints", reports.complaints, name="complaints"),
    path("tickets/<uuid:ticket_id>", pages.page, name="ticket"),
    path("tickets/<uuid:ticket_id>/facts", pages.facts, name="facts"),
    path("tickets/<uuid:ticket_id>/story", pages.story, name="story"),
    path("tickets/<uuid:ticket_id>/peek", pages.peek, name="peek"),
    path("tickets/<uuid:ticket_id>/forms", pages.forms, name="forms"),
    path("tickets/<uuid:ticket_id>/changes", pages.changes, name="changes"),
    path("tickets/<uuid:ticket_id>/edit", acts.edit, name="edit"),
    path("tickets/<uuid:ticket_id>/assign", acts.assign, name="assign"),
    path("tickets/<uuid:ticket_id>/state", acts.state, name="state"),
    path("tickets/<uuid:ticket_id>/note", acts.note, name="note"),
    path("tickets/<uuid:ticket_id>/party", acts.party, name="party"),
    path("tickets/<uuid:ticket_id>/merge", acts.merge, name="merge"),
    path("tickets/<uuid:ticket_id>/complaint", acts.complaint, name="complaint"),
    path("tickets/<uuid:ticket_id>/macros/<uuid:macro_id>", acts.macro, name="macro"),
    path("parties/<uuid:party_id>/tickets", pages.of_party, name="of-party"),
    path("settings/service", settings.index, name="settings"),
    path("settings/service/<slug:kind>/new", settings.new, name="settings-new"),
    path("settings/service/<slug:kind>/<uuid:thing_id>", settings.edit, name="settings-edit"),
    path("settings/service/targets/<uuid:target_id>/remove", settings.remove, name="target-remove"),
    path("p/requests", customers.find, name="find"),
    path("p/requests/<str:token>", customers.status, name="status"),
    path("p/requests/<str:token>/say", customers.say, name="say"),
    path("p/requests/<str:token>/person", customers.person, name="person"),
    path("p/satisfaction/<str:token>", customers.satisfaction, name="satisfaction"),
]
