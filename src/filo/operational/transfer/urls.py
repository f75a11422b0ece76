"""Addresses of the imports' pages."""

from django.urls import path

from filo.operational.transfer import views

app_name = "transfer"
urlpatterns = [
    path("imports", views.index, name="list"),
    path("imports/new", views.new, name="new"),
    path("imports/<uuid:batch_id>", views.one, name="import"),
    path("imports/<uuid:batch_id>/trial", views.trial, name="trial"),
    path("imports/<uuid:batch_id>/state", views.state, name="state"),
    path("imports/<uuid:batch_id>/cancel", views.cancel, name="cancel"),
    path("imports/<uuid:batch_id>/rows", views.rows, name="rows"),
    path("imports/<uuid:batch_id>/proposals", views.proposals, name="proposals"),
    path("imports/<uuid:batch_id>/undo", views.undo, name="undo"),
    path("imports/<uuid:batch_id>/again", views.again, name="again"),
    path("imports/<uuid:batch_id>/rejected.csv", views.rejected, name="rejected"),
]
