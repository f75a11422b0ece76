"""Django's registration of this topic."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "filo.operational.exports"
    label = "exports"

    def ready(self) -> None:
        from filo.operational.exports import panels

        panels.register()
