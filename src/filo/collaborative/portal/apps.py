"""Django's registration of this topic."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "filo.collaborative.portal"
    label = "portal"

    def ready(self) -> None:
        from filo.collaborative.portal import panels

        panels.register()
