"""Django's registration of this topic."""

from django.apps import AppConfig


class UpdatesConfig(AppConfig):
    name = "filo.collaborative.updates"
    label = "updates"

    def ready(self) -> None:
        from filo.collaborative.updates import panels

        panels.register()
