"""Addresses of tasks."""

from django.urls import path

from filo.operational.activities import views

app_name = "activities"
urlpatterns = [
    path("tasks", views.index, name="list"),
    path("tasks/today", views.today, name="today"),
    path("parties/<uuid:party_id>/tasks", views.of_party, name="of-party"),
    path("tasks/new", views.new, name="new"),
    path("tasks/<uuid:task_id>", views.edit, name="edit"),
    path("tasks/<uuid:task_id>/do", views.do, name="do"),
    path("tasks/<uuid:task_id>/reopen", views.reopen, name="reopen"),
]
