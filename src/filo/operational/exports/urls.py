"""Addresses of the exports' pages."""

from django.urls import path

from filo.operational.exports.views import exports, limits, personal

app_name = "exports"
urlpatterns = [
    path("exports", exports.index, name="list"),
    path("exports/new", exports.new, name="new"),
    path("exports/<uuid:export_id>", exports.one, name="export"),
    path("exports/<uuid:export_id>/state", exports.state, name="state"),
    path("exports/<uuid:export_id>/cancel", exports.cancel, name="cancel"),
    path("exports/<uuid:export_id>/file", exports.download, name="file"),
    path("settings/exports", limits.limits, name="limits"),
    path("parties/<uuid:party_id>/personal-data", personal.take, name="personal-data"),
]
