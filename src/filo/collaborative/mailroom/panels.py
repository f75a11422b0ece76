"""What the mailroom adds to the pages of others: two chapters of the settings, and how its changes read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.collaborative.mailroom.policies import sees_mailboxes
from filo.foundation.audit.showing import show
from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the program starts."""
    hint = _("The addresses that mail is accepted for, and where it is fetched")
    add_entry("settings", Entry("/settings/mailboxes", "inbox", _("Mailboxes"), sees_mailboxes, place=77, hint=hint))
    hint = _("What came in, and what could not be read or taken in")
    add_entry(
        "settings", Entry("/settings/incoming-mail", "mail", _("Incoming mail"), sees_mailboxes, place=79, hint=hint)
    )
    show(
        "mailbox",
        _("Mailboxes"),
        fields={
            "address": _("Address"),
            "name": _("Name"),
            "signature_it": _("Signature in Italian"),
            "signature_en": _("Signature in English"),
            "answers_automatically": _("Answer first by itself"),
            "imap_host": _("IMAP server"),
            "imap_user": _("User name"),
            "imap_folder": _("Folder"),
            "state": _("State"),
        },
        actions={
            "mailbox.add": _("Mailbox added"),
            "mailbox.edit": _("Mailbox changed"),
            "mailbox.switch": _("Mailbox switched on or off"),
        },
    )
    show(
        "incoming-mail",
        _("Incoming mail"),
        fields={"state": _("State")},
        actions={
            "incoming-mail.try-again": _("Tried again"),
            "incoming-mail.ignore": _("Ignored"),
            "incoming-mail.put-aside": _("Put aside again"),
        },
    )
