"""Django's registration of this topic."""

from django.apps import AppConfig


class PricesConfig(AppConfig):
    name = "filo.operational.prices"
    label = "prices"

    def ready(self) -> None:
        from filo.operational.prices import panels

        panels.register()
