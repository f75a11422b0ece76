"""Django's registration of this topic."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "filo.collaborative.assistant"
    label = "assistant"

    def ready(self) -> None:
        from filo.collaborative.assistant import panels

        panels.register()
