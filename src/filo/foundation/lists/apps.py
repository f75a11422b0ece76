"""Django's registration of this topic."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "filo.foundation.lists"
    label = "lists"

    def ready(self) -> None:
        from filo.foundation.lists import panels

        panels.register()
