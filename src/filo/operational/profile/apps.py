"""Django's registration of this topic."""

from django.apps import AppConfig


class ProfileConfig(AppConfig):
    name = "filo.operational.profile"
    label = "profile"

    def ready(self) -> None:
        from filo.operational.profile import panels

        panels.register()
