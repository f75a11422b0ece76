"""Django's registration of this topic."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    name = "filo.operational.approvals"
    label = "approvals"

    def ready(self) -> None:
        from filo.operational.approvals import panels

        panels.register()
