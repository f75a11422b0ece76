"""What can be refused about mail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from filo.foundation.errors import DomainError


class MailNotStopped(DomainError):
    """Only what was not sent can be sent again."""

    code = "mail-not-stopped"
    sentence = _("This mail was sent, or is about to be: it cannot be sent again.")
