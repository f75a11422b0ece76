"""Django's registration of this topic."""

from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "filo.foundation.history"
    label = "history"

    def ready(self) -> None:
        from filo.foundation.history import panels

        panels.register()
