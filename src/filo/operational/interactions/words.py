"""How interactions are told in the story."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.operational.parties.models import TimelineEntry

ICONS = {
    "note": "pencil-line",
    "call": "phone",
    "meeting": "handshake",
    "letter": "file-text",
    "fax": "printer",
    "mail": "mail",
}


def sentence(entry: TimelineEntry) -> str:
    """Who did what: *called*, *received a call*, *wrote a note*."""
    incoming = entry.direction == "in"
    if entry.channel == "note":
        return _("wrote a note")
    if entry.channel == "call":
        return _("received a call") if incoming else _("made a call")
    if entry.channel == "meeting":
        return _("had a meeting")
    if entry.channel == "letter":
        return _("received a letter") if incoming else _("sent a letter")
    if entry.channel == "fax":
        return _("received a fax") if incoming else _("sent a fax")
    return _("received an e-mail") if incoming else _("sent an e-mail")
