"""Django's registration of this topic."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "filo.foundation.organisation"
    label = "organisation"

    def ready(self) -> None:
        from filo.foundation.organisation import panels

        panels.register()
