"""Django's registration of this topic."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "filo.foundation.files"
    label = "files"
