"""Who sees mailboxes and what came to them: the firm's, who looks after the settings; a personal one, its owner."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.access.rules import EVERYTHING, NOTHING, Clause


def sees_mailboxes(principal: Principal) -> bool:
    """Whether somebody sees how mail comes in."""
    return principal.may("settings", "view")


MAILBOX_SEEN = Clause(
    _("You see the settings of the firm."),
    lambda principal, _found: sees_mailboxes(principal),
    lambda principal: EVERYTHING if sees_mailboxes(principal) else NOTHING,
) | Clause(
    _("It is your own mailbox."),
    lambda principal, found: principal.user_id is not None and found.owner_id == principal.user_id,
    lambda principal: Q(owner=principal.user_id) if principal.user_id else NOTHING,
)

INCOMING_SEEN = Clause(
    _("It came to a mailbox of the firm, and you see the settings."),
    lambda principal, found: sees_mailboxes(principal) and not (found.mailbox and found.mailbox.owner_id),
    lambda principal: Q(mailbox=None) | Q(mailbox__owner=None) if sees_mailboxes(principal) else NOTHING,
) | Clause(
    _("It came to your own mailbox."),
    lambda principal, found: bool(principal.user_id and found.mailbox and found.mailbox.owner_id == principal.user_id),
    lambda principal: Q(mailbox__owner=principal.user_id) if principal.user_id else NOTHING,
)
