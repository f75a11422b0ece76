"""Django's registration of this topic."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "filo.operational.activities"
    label = "activities"

    def ready(self) -> None:
        from filo.operational.activities import panels

        panels.register()
