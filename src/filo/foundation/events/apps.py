"""Django's registration of this topic."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "filo.foundation.events"
    label = "events"
