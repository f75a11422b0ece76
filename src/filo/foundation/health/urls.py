"""Addresses of the probes, of *Health* and of the public status."""

from django.urls import path

from filo.foundation.health.views import pages, probes

app_name = "health"
urlpatterns = [
    path("healthz", probes.alive, name="alive"),
    path("readyz", probes.ready, name="ready"),
    path("metrics", probes.metrics, name="metrics"),
    path("settings/health", pages.health, name="health"),
    path("p/status", pages.status, name="status"),
]
