"""Backups: none is made by Filo yet, and that is said."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from filo.foundation.health.checkup import Finding, Level


def look() -> Finding:
    """Whoever reads this has to make them by himself."""
    how = (
        _("Have a copy of the data directory made every night, to another machine, with sqlite3's .backup.")
        if connection.vendor == "sqlite"
        else _("Have pg_dump and a copy of the data directory run every night, to another machine.")
    )
    return Finding(Level.WARN, _("Filo makes no backups yet: what breaks with this machine is lost."), how)
