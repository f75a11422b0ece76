"""Why a mail was put aside, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "too-many-parts": _("It has more than 500 parts."),
    "too-deep": _("Its parts lie more than 20 deep in each other."),
    "too-long": _("Reading it took longer than 20 seconds."),
    "too-much-memory": _("Reading it took more memory than a mail is given."),
    "too-large": _("It is larger than 50 MB."),
    "empty": _("There is nothing in it."),
    "no-sender": _("It names no sender to whom one could answer."),
    "reader-died": _("The program that reads mails fell over it."),
    "unreadable": _("It cannot be read as a mail."),
    "not-taken": _("It was read, but could not be taken in."),
    "content-gone": _("Its content is not on the disk any more."),
    "ignored": _("Somebody decided that nothing is to be done with it."),
}


NOT_REACHED: dict[str, str | Promise] = {
    "private": _("The address of the server leads into a private network, where Filo does not call."),
    "muted": _("This is a muted copy: it calls nobody."),
    "unknown-host": _("There is no such host."),
    "no-connection": _("The server does not accept connections on this port."),
    "not-trusted": _("The server’s certificate is not to be trusted."),
    "too-slow": _("The server did not answer in time."),
    "broken-off": _("The server broke off."),
    "sign-in-refused": _("The server refused the user name or the password."),
    "password-unreadable": _("The password was kept with another key. Type it again."),
    "refused": _("The server refused the folder, or does not speak IMAP."),
}


def sentence_of(reason: str) -> str:
    """What people read about a reason."""
    return str(WORDS.get(reason, reason))


def why_not_reached(reason: str) -> str:
    """What people read about a mailbox that was not reached."""
    return str(NOT_REACHED.get(reason, reason))
