"""Addresses of calendars for programs."""

from django.urls import path

from filo.operational.caldav.views import dav, programs

app_name = "caldav"
urlpatterns = [
    path(".well-known/caldav", dav.well_known, name="well-known"),
    path("dav/", dav.dav, name="root"),
    path("dav/<path:path>", dav.dav, name="dav"),
    path("calendar/programs", programs.index, name="programs"),
    path("calendar/programs/<uuid:token_id>/end", programs.end, name="programs-end"),
]
