"""Addresses of notices."""

from django.urls import path

from filo.foundation.notices import views

app_name = "notices"
urlpatterns = [
    path("notices", views.index, name="list"),
    path("notices/bell", views.bell, name="bell"),
    path("notices/latest", views.latest_ones, name="latest"),
    path("notices/read-all", views.read_everything, name="read-all"),
    path("notices/unread-all", views.unread_everything, name="unread-all"),
    path("notices/<uuid:notice_id>/read", views.read, name="read"),
    path("notices/<uuid:notice_id>/unread", views.take_back, name="unread"),
    path("notices/<uuid:notice_id>/snooze", views.put_off, name="snooze"),
    path("notices/<uuid:notice_id>/wake", views.wake_up, name="wake"),
    path("me/notices", views.choices, name="choices"),
]
