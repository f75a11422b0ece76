"""Django's registration of this topic."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "filo.collaborative.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        from filo.collaborative.knowledge import panels

        panels.register()
