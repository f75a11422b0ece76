"""Django's registration of this topic."""

from django.apps import AppConfig


class NumberingConfig(AppConfig):
    name = "filo.foundation.numbering"
    label = "numbering"
