"""Django's registration of this topic."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "filo.collaborative.shop"
    label = "shop"

    def ready(self) -> None:
        from filo.collaborative.shop import panels

        panels.register()
