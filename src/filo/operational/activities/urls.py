"""Addresses of tasks."""

from django.urls import path

from filo.operational.activities.views import appointments, calendar, feed, tasks

app_name = "activities"
urlpatterns = [
    path("tasks", tasks.index, name="list"),
    path("tasks/today", tasks.today, name="today"),
    path("parties/<uuid:party_id>/tasks", tasks.of_party, name="of-party"),
    path("tasks/new", tasks.new, name="new"),
    path("tasks/<uuid:task_id>", tasks.edit, name="edit"),
    path("tasks/<uuid:task_id>/do", tasks.do, name="do"),
    path("tasks/<uuid:task_id>/reopen", tasks.reopen, name="reopen"),
    path("calendar", calendar.index, name="calendar"),
    path("calendar/move", calendar.move, name="calendar-move"),
    path("calendar/new", appointments.new, name="appointment-new"),
    path("calendar/feed", feed.index, name="calendar-feed"),
    path("calendar/feed/end", feed.end, name="calendar-feed-end"),
    path("calendar/<uuid:appointment_id>", appointments.edit, name="appointment"),
    path("calendar/<uuid:appointment_id>/cancel", appointments.cancel, name="appointment-cancel"),
    path("calendar/<uuid:appointment_id>/restore", appointments.restore, name="appointment-restore"),
    path("p/calendar/<str:token>.ics", feed.public_feed, name="calendar-ics"),
]
