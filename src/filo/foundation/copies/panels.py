"""What copies add: a line over every page of a muted one, no call that leaves it, and words for the audit."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from filo.foundation import egress
from filo.foundation.audit.showing import show
from filo.foundation.copies.queries import known_copy_of
from filo.foundation.web.slots import fill

FIELDS = {
    "file": _("File"),
    "size": _("Size"),
    "version": _("Version"),
    "taken_at": _("Copy of what stood at"),
    "forgotten": _("Kept back for good"),
    "sent": _("Sent after all"),
}
ACTIONS = {
    "copy.backup": _("A backup was made"),
    "copy.take-out": _("Everything was taken out"),
    "copy.restore": _("A copy was brought back, muted"),
    "copy.unmute": _("The copy is not muted any more"),
}


def register() -> None:
    """Called once, when the program starts."""
    fill("shell.banner", _muted, place=10)
    egress.ask_first(_refuse_when_muted)
    show("copy", _("Backups and copies"), FIELDS, actions=ACTIONS)


def _muted(_request: HttpRequest, _subject: Any) -> tuple[str, dict[str, Any]] | None:
    taken_at = known_copy_of()
    return ("copies/_muted.html", {"taken_at": taken_at}) if taken_at else None


def _refuse_when_muted() -> None:
    if known_copy_of():
        raise egress.EgressRefused("muted")
