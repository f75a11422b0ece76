"""Django's registration of this topic."""

from django.apps import AppConfig


class HoursConfig(AppConfig):
    name = "filo.foundation.hours"
    label = "hours"

    def ready(self) -> None:
        from filo.foundation.hours import panels

        panels.register()
