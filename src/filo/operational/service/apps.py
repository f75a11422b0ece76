"""Django's registration of this topic."""

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    name = "filo.operational.service"
    label = "service"

    def ready(self) -> None:
        from filo.operational.service import panels

        panels.register()
