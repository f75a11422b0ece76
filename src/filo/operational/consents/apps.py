"""Django's registration of this topic."""

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "filo.operational.consents"
    label = "consents"

    def ready(self) -> None:
        from filo.operational.consents import panels

        panels.register()
