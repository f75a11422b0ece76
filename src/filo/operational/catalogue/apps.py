"""Django's registration of this topic."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "filo.operational.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from filo.operational.catalogue import panels

        panels.register()
