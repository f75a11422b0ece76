"""Django's registration of this topic."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "filo.foundation.search"
    label = "search"
