"""Addresses of the settings of fields."""

from django.urls import path

from filo.foundation.fields.views import fields

app_name = "fields"
ONE = "settings/fields/<uuid:field_id>"
urlpatterns = [
    path("settings/fields", fields.index, name="list"),
    path("settings/fields/new", fields.new, name="new"),
    path(ONE, fields.edit, name="edit"),
    path(f"{ONE}/move", fields.move, name="move"),
    path(f"{ONE}/retire", fields.retire, name="retire"),
    path(f"{ONE}/back", fields.back, name="back"),
]
