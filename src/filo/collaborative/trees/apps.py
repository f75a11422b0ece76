"""Django's registration of this topic."""

from django.apps import AppConfig


class TreesConfig(AppConfig):
    name = "filo.collaborative.trees"
    label = "trees"

    def ready(self) -> None:
        from filo.collaborative.trees import panels

        panels.register()
