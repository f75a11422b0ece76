"""Django's registration of this topic."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "filo.collaborative.pages"
    label = "pages"

    def ready(self) -> None:
        from filo.collaborative.pages import panels

        panels.register()
