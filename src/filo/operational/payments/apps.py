"""Django's registration of this topic."""

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    name = "filo.operational.payments"
    label = "payments"

    def ready(self) -> None:
        from filo.operational.payments import panels

        panels.register()
