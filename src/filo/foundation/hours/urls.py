"""Addresses of the hours of the house."""

from django.urls import path

from filo.foundation.hours import views

app_name = "hours"
urlpatterns = [
    path("settings/hours", views.index, name="calendars"),
    path("settings/hours/new", views.new, name="new"),
    path("settings/hours/<uuid:calendar_id>", views.edit, name="calendar"),
    path("settings/hours/<uuid:calendar_id>/standard", views.standard, name="standard"),
]
