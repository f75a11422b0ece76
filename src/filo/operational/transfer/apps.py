"""Django's registration of this topic."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "filo.operational.transfer"
    label = "transfer"

    def ready(self) -> None:
        from filo.operational.transfer import panels

        panels.register()
