"""Django's registration of this topic."""

from django.apps import AppConfig


class HealthConfig(AppConfig):
    name = "filo.foundation.health"
    label = "health"

    def ready(self) -> None:
        from filo.foundation.health import panels

        panels.register()
