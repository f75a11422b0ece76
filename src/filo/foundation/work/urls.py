"""Addresses of work in the background."""

from django.urls import path

from filo.foundation.work.views import all as everybodys
from filo.foundation.work.views import deliveries, own

app_name = "work"
urlpatterns = [
    path("work", own.index, name="own"),
    path("work/now", own.now, name="now"),
    path("work/ended", own.ended, name="ended"),
    path("work/<uuid:job_id>", own.one, name="job"),
    path("work/<uuid:job_id>/state", own.state, name="state"),
    path("work/<uuid:job_id>/cancel", own.cancel, name="cancel"),
    path("work/<uuid:job_id>/start-again", own.start_again, name="start-again"),
    path("settings/work", everybodys.overview, name="overview"),
    path("settings/work/queues", everybodys.queues, name="queues"),
    path("settings/work/list", everybodys.jobs, name="jobs"),
    path("settings/work/set-aside", everybodys.set_aside, name="set-aside"),
    path("settings/work/set-aside/start-again", everybodys.group_again, name="group-again"),
    path("settings/work/set-aside/drop", everybodys.drop, name="drop"),
    path("settings/work/set-aside/take-back", everybodys.undo_drop, name="take-back-drop"),
    path("settings/work/schedules", everybodys.schedules, name="schedules"),
    path("settings/work/schedules/<str:name>/run", everybodys.run, name="run-now"),
    path("settings/work/deliveries", deliveries.index, name="deliveries"),
    path("settings/work/deliveries/again", deliveries.again, name="deliver-again"),
]
