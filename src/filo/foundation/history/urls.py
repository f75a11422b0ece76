"""Addresses of the history."""

from django.urls import path

from filo.foundation.history import views

app_name = "history"
urlpatterns = [
    path("operations/<uuid:operation_id>/undo", views.undo, name="undo"),
    path("settings/audit", views.audit, name="audit"),
    path("settings/audit/export", views.export, name="export"),
    path("settings/audit/check", views.check, name="check"),
]
