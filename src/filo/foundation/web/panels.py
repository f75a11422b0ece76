"""What the shell has of itself."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.web.commands import Command, add_command
from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the program starts."""
    add_entry("rail", Entry("/", "house", _("Today"), place=10, key="g h", foot=1))
    add_command(
        Command("keys", _("Keys"), "keyboard", "#shortcuts", words="tastiera tasti scorciatoie keyboard shortcuts help")
    )
