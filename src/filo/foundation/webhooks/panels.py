"""What webhooks add to the pages of others: two chapters of the settings, and a topic that open pages follow."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.push import topics
from filo.foundation.web.slots import Entry, add_entry
from filo.foundation.webhooks.policies import sees_events, sees_webhooks


def register() -> None:
    """Called once, when the program starts."""
    topics.register("webhook", lambda principal, _endpoint_id: sees_webhooks(principal))
    hint = _("Other programs are told of what happens here")
    webhooks = Entry("/settings/webhooks", "route", _("Webhooks"), sees_webhooks, place=74, hint=hint)
    hint = _("Everything that Filo announces, with its fields")
    catalogue = Entry("/settings/events", "list-checks", _("Event catalogue"), sees_events, place=76, hint=hint)
    add_entry("settings", webhooks)
    add_entry("settings", catalogue)
