"""How conversations are told on a card."""

from __future__ import annotations

from django.utils.translation import gettext as _

from filo.operational.parties.models import TimelineEntry

ICONS = {"mail": "mail", "form": "clipboard-list", "phone": "phone", "fax": "printer"}


def wrote(entry: TimelineEntry) -> str:
    """Who wrote to whom, in a few words."""
    if entry.channel == "phone":
        return _("noted a call of the customer") if entry.direction == "in" else _("called the customer")
    return _("wrote to us") if entry.direction == "in" else _("wrote to the customer")


def answered_by_itself(entry: TimelineEntry) -> str:
    """What a machine wrote: ours or theirs."""
    return _("answered automatically") if entry.direction == "out" else _("sent an automatic message")


def address_of(entry: TimelineEntry) -> str:
    """Where the whole of it is read."""
    conversation = entry.data.get("conversation", "")
    return f"/inbox/{conversation}#m-{entry.reference_id}" if conversation else ""
