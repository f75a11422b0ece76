"""What fields add to the shell: a chapter of the settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.policies import sees_settings
from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the program starts."""
    hint = _("What you want to know of each customer besides")
    add_entry(
        "settings",
        Entry("/settings/fields", "text-cursor-input", _("Fields of your own"), sees_settings, place=55, hint=hint),
    )
