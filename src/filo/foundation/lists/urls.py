"""Addresses of the views that people keep."""

from django.urls import path

from filo.foundation.lists import views

app_name = "lists"
urlpatterns = [
    path("lists/<slug:code>/views/new", views.keep, name="keep"),
    path("lists/views/<uuid:view_id>", views.view, name="view"),
    path("lists/views/<uuid:view_id>/rewrite", views.rewrite, name="rewrite"),
    path("lists/views/<uuid:view_id>/remove", views.remove, name="remove"),
    path("lists/views/<uuid:view_id>/restore", views.restore, name="restore"),
    path("lists/views/<uuid:view_id>/pin", views.pin, name="pin"),
]
