"""Addresses of approvals."""

from django.urls import path

from filo.operational.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals", views.index, name="list"),
    path("approvals/<uuid:approval_id>/decide", views.decide, name="decide"),
    path("approvals/stand-in", views.stand_in, name="stand-in"),
    path("approvals/stand-in/<uuid:stand_in_id>/end", views.end, name="stand-in-end"),
    path("p/approvals/<str:token>", views.decision, name="by-link"),
]
