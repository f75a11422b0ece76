"""Django's registration of this topic."""

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "filo.operational.transfer"
    label = "transfer"
