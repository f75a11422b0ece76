"""Addresses of the day of the team."""

from django.urls import path

from filo.operational.team.views import day, plans

app_name = "team"
urlpatterns = [
    path("team/today", day.today, name="today"),
    path("team/today.csv", day.as_file, name="file"),
    path("team/<uuid:person_id>/<slug:code>", day.rows, name="rows"),
    path("team/plans", plans.index, name="plans"),
    path("team/plans/<uuid:plan_id>/remove", plans.remove, name="plan-remove"),
]
