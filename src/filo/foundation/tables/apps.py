"""Django's registration of this topic, whose command `migrate` stands before Django's."""

from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "filo.foundation.tables"
    label = "tables"
