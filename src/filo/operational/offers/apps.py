"""Django's registration of this topic."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "filo.operational.offers"
    label = "offers"

    def ready(self) -> None:
        from filo.operational.offers import panels

        panels.register()
