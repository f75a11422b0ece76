"""Django's registration of this topic."""

from django.apps import AppConfig


class VisitorsConfig(AppConfig):
    name = "filo.collaborative.visitors"
    label = "visitors"

    def ready(self) -> None:
        from filo.collaborative.visitors import panels

        panels.register()
