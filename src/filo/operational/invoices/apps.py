"""Django's registration of this topic."""

from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "filo.operational.invoices"
    label = "invoices"

    def ready(self) -> None:
        from filo.operational.invoices import panels

        panels.register()
