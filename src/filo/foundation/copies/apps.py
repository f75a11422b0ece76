"""Django's registration of this topic."""

from django.apps import AppConfig


class CopiesConfig(AppConfig):
    name = "filo.foundation.copies"
    label = "copies"

    def ready(self) -> None:
        from filo.foundation.copies import panels

        panels.register()
