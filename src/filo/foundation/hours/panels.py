"""The hours of the house among the settings, and how their changes read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the program starts."""
    add_entry(
        "settings",
        Entry(
            "/settings/hours",
            "clock",
            _("Opening hours"),
            lambda principal: principal.may("settings", "view"),
            place=44,
            hint=_("When the house is open, holidays, closed days: promises are reckoned by them"),
        ),
    )
