"""Django's registration of this topic."""

from django.apps import AppConfig


class ViesConfig(AppConfig):
    name = "filo.operational.vies"
    label = "vies"

    def ready(self) -> None:
        from filo.operational.vies import panels

        panels.register()
