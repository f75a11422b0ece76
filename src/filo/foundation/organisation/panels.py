"""What the structure of the firm adds to the shell: the settings, and its chapters in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.organisation.kinds import KINDS
from filo.foundation.organisation.policies import finds_settings, sees_settings
from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the program starts."""
    settings = Entry("/settings", "settings", _("Settings"), finds_settings, place=90, key="g s")
    add_entry("rail", settings)
    firm = Entry("/settings/firm", "house", _("Firm"), sees_settings, place=30, hint=_("Name, language, who sees whom"))
    units = Entry(
        "/settings/units", "network", _("Units"), sees_settings, place=33, hint=_("The firm as a tree of offices")
    )
    add_entry("settings", firm)
    add_entry("settings", units)
    for kind in KINDS.values():
        entry = Entry(kind.url, kind.icon, kind.title, sees_settings, place=kind.place, hint=kind.hint)
        add_entry("settings", entry)
