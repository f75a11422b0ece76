"""Django's registration of this topic."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "filo.foundation.notices"
    label = "notices"

    def ready(self) -> None:
        from filo.foundation.notices import panels

        panels.register()
