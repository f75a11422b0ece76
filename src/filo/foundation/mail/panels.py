"""What mail adds to the pages of others: the outbox among the settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.mail.policies import sees_outbox
from filo.foundation.web.slots import Entry, add_entry


def register() -> None:
    """Called once, when the apps are ready."""
    add_entry(
        "settings",
        Entry(
            url="/outbox",
            icon="mail",
            label=_("Outbox"),
            shown=sees_outbox,
            place=80,
            hint=_("The mails that leave, and those that did not arrive"),
        ),
    )
