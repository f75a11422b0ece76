"""Django's registration of this topic."""

from django.apps import AppConfig


class CobrowseConfig(AppConfig):
    name = "filo.collaborative.cobrowse"
    label = "cobrowse"

    def ready(self) -> None:
        from filo.collaborative.cobrowse import panels

        panels.register()
