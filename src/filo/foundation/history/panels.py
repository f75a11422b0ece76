"""What history adds to the shell: the page of all changes among the settings, and words for what others keep."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.history.policies import sees_all_changes
from filo.foundation.history.words import register_words
from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the program starts."""
    hint = _("Who changed what, from what to what; sealed, and out as a file")
    add_entry("settings", Entry("/settings/audit", "history", _("All changes"), sees_all_changes, place=72, hint=hint))
    register_words()
