"""Django's registration of this topic."""

from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "filo.operational.deals"
    label = "deals"

    def ready(self) -> None:
        from filo.operational.deals import panels

        panels.register()
