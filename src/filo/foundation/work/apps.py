"""Django's registration of this topic."""

from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "filo.foundation.work"
    label = "work"

    def ready(self) -> None:
        from filo.foundation.work import panels

        panels.register()
