"""Django's registration of this topic."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    name = "filo.operational.parties"
    label = "parties"

    def ready(self) -> None:
        from filo.operational.parties import panels

        panels.register()
