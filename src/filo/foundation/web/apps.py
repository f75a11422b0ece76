"""Django's registration of this topic."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "filo.foundation.web"
    label = "web"

    def ready(self) -> None:
        from filo.foundation.web import panels

        panels.register()
