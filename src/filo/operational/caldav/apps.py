"""Django's registration of this topic."""

from django.apps import AppConfig


class CaldavConfig(AppConfig):
    name = "filo.operational.caldav"
    label = "caldav"

    def ready(self) -> None:
        from filo.operational.caldav import panels

        panels.register()
