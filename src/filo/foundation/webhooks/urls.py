"""Addresses of webhooks and of the catalogue of events."""

from django.urls import path

from filo.foundation.webhooks.views import catalogue, deliveries, endpoints

app_name = "webhooks"
ONE = "settings/webhooks/<uuid:endpoint_id>"
SENT = f"{ONE}/deliveries/<uuid:delivery_id>"
urlpatterns = [
    path("settings/events", catalogue.catalogue, name="catalogue"),
    path("settings/webhooks", endpoints.endpoints, name="list"),
    path("settings/webhooks/new", endpoints.new, name="new"),
    path(ONE, endpoints.endpoint, name="webhook"),
    path(f"{ONE}/edit", endpoints.edit, name="edit"),
    path(f"{ONE}/pause", endpoints.pause, name="pause"),
    path(f"{ONE}/resume", endpoints.resume, name="resume"),
    path(f"{ONE}/secret", endpoints.secret, name="secret"),
    path(f"{ONE}/delete", endpoints.delete, name="delete"),
    path(f"{ONE}/restore", endpoints.restore, name="restore"),
    path(f"{ONE}/activity", deliveries.activity, name="activity"),
    path(f"{ONE}/test", deliveries.test, name="test"),
    path(f"{ONE}/replay", deliveries.replay, name="replay"),
    path(SENT, deliveries.delivery, name="delivery"),
    path(f"{SENT}/retry", deliveries.retry, name="retry"),
]
