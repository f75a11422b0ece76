"""Makes Django ready in a process that a command started."""

from __future__ import annotations

import os

import django


def start_django() -> None:
    """Load settings and apps; a wrong setting ends the process with its line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "filo.config.settings")
    django.setup()
