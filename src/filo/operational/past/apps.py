"""Django's registration of this topic."""

from django.apps import AppConfig


class PastConfig(AppConfig):
    name = "filo.operational.past"
    label = "past"

    def ready(self) -> None:
        from filo.operational.past import panels

        panels.register()
