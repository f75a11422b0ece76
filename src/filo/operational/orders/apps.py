"""Django's registration of this topic."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "filo.operational.orders"
    label = "orders"

    def ready(self) -> None:
        from filo.operational.orders import panels

        panels.register()
