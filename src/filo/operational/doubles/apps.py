"""Django's registration of this topic."""

from django.apps import AppConfig


class DoublesConfig(AppConfig):
    name = "filo.operational.doubles"
    label = "doubles"

    def ready(self) -> None:
        from filo.operational.doubles import panels

        panels.register()
