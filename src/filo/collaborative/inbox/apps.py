"""Django's registration of this topic."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "filo.collaborative.inbox"
    label = "inbox"

    def ready(self) -> None:
        from filo.collaborative.inbox import panels

        panels.register()
