"""Django's registration of this topic."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "filo.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        from filo.foundation.accounts import panels

        panels.register()
