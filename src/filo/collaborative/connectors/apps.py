"""Django's registration of this topic."""

from django.apps import AppConfig


class ConnectorsConfig(AppConfig):
    name = "filo.collaborative.connectors"
    label = "connectors"

    def ready(self) -> None:
        from filo.collaborative.connectors import panels

        panels.register()
