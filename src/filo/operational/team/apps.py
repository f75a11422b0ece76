"""Django's registration of this topic."""

from django.apps import AppConfig


class TeamConfig(AppConfig):
    name = "filo.operational.team"
    label = "team"

    def ready(self) -> None:
        from filo.operational.team import panels

        panels.register()
