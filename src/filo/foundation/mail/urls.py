"""Addresses of the outbox."""

from django.urls import path

from filo.foundation.mail import views

app_name = "mail"
urlpatterns = [
    path("outbox", views.outbox, name="outbox"),
    path("outbox/<uuid:mail_id>", views.outgoing, name="outgoing"),
    path("outbox/<uuid:mail_id>/send-again", views.again, name="send-again"),
]
