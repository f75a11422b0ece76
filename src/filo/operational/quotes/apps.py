"""Django's registration of this topic."""

from django.apps import AppConfig


class QuotesConfig(AppConfig):
    name = "filo.operational.quotes"
    label = "quotes"

    def ready(self) -> None:
        from filo.operational.quotes import panels

        panels.register()
