"""Django's registration of this topic."""

from django.apps import AppConfig


class InteractionsConfig(AppConfig):
    name = "filo.operational.interactions"
    label = "interactions"

    def ready(self) -> None:
        from filo.operational.interactions import panels

        panels.register()
