"""Django's registration of this topic."""

from django.apps import AppConfig


class ChatConfig(AppConfig):
    name = "filo.collaborative.chat"
    label = "chat"

    def ready(self) -> None:
        from filo.collaborative.chat import panels

        panels.register()
