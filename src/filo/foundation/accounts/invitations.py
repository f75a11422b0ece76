"""Invitations: a mail in the language of who is invited, with a link to choose a password."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.door import set_password_link
from filo.foundation.accounts.models import User
from filo.foundation.errors import DomainError
from filo.foundation.mail.services import queue_mail


def invite_again(principal: Principal, user: User) -> None:
    """Send the invitation once more; raises `DomainError` when the password is already chosen."""
    principal.require("user", "create")
    if not user.is_invited:
        raise DomainError(_("%(name)s has already chosen a password.") % {"name": user.name}, code="not-invited")
    with transaction.atomic():
        send_invitation(principal, user)


def send_invitation(principal: Principal, user: User) -> None:
    """Queue the mail with the link, in the caller's transaction."""
    with translation.override(user.language):
        subject = _("%(name)s invites you to Filo") % {"name": principal.name}
        text = _(
            "Hello %(given_name)s,\n\n%(name)s has prepared your place in Filo.\n"
            "Choose your password here (the link works once, for three days):\n\n%(link)s\n"
        ) % {"given_name": user.given_name, "name": principal.name, "link": set_password_link(user)}
    queue_mail(to=user.email, subject=subject, text=text)
