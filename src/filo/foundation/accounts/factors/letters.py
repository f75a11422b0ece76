"""Mails about one's own sign-in: whoever did not do it must hear of it."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filo.foundation.accounts.models import User
from filo.foundation.mail.services import queue_mail

SENTENCES = {
    "app-added": gettext_lazy("An authenticator app was switched on for your sign-in."),
    "app-removed": gettext_lazy("The authenticator app was removed from your sign-in."),
    "passkey-added": gettext_lazy("The passkey “%(name)s” was added to your sign-in."),
    "passkey-removed": gettext_lazy("The passkey “%(name)s” was removed from your sign-in."),
    "recovery-codes-made": gettext_lazy("New recovery codes were made; the former ones are worth nothing."),
    "second-factor-reset": gettext_lazy(
        "%(name)s took your second factor away, because it was lost. Sign in with your password and set up a new one."
    ),
}


def tell(user: User, kind: str, name: str) -> None:
    """Queue the mail, in the language of its reader and in the caller's transaction."""
    with translation.override(user.language):
        sentence = str(SENTENCES[kind]) % {"name": name}
        text = _(
            "Hello %(given_name)s,\n\n%(sentence)s\n\n"
            "If this surprises you, change your password and tell your administrator at once.\n"
        ) % {"given_name": user.given_name, "sentence": sentence}
        queue_mail(to=user.email, subject=_("Your sign-in to Filo has changed"), text=text)
