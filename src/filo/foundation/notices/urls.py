"""Addresses of notices."""

from django.urls import path

from filo.foundation.notices.views import choices, pages, stopping

app_name = "notices"
urlpatterns = [
    path("notices", pages.index, name="list"),
    path("notices/bell", pages.bell, name="bell"),
    path("notices/latest", pages.latest_ones, name="latest"),
    path("notices/read-all", pages.read_everything, name="read-all"),
    path("notices/unread-all", pages.unread_everything, name="unread-all"),
    path("notices/<uuid:notice_id>/read", pages.read, name="read"),
    path("notices/<uuid:notice_id>/unread", pages.take_back, name="unread"),
    path("notices/<uuid:notice_id>/snooze", pages.put_off, name="snooze"),
    path("notices/<uuid:notice_id>/wake", pages.wake_up, name="wake"),
    path("me/notices", choices.choices, name="choices"),
    path("me/notices/browsers", choices.allow, name="browser-allow"),
    path("me/notices/browsers/key", choices.key, name="browser-key"),
    path("me/notices/browsers/<uuid:browser_id>/remove", choices.remove, name="browser-remove"),
    path("p/digest/<str:token>", stopping.stop, name="digest-stop"),
    path("worker.js", choices.worker, name="worker"),
]
