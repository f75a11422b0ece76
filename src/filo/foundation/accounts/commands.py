"""What the palette can do about oneself: how Filo looks and speaks, one's security, the way out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.accounts.models import DENSITIES, LANGUAGES, THEMES
from filo.foundation.web.commands import Command, add_command

PREFER = "/me/prefer"


def _is_oneself(principal: Principal) -> bool:
    """Nobody who looks through another's eyes."""
    return principal.user_id is not None and not principal.viewed_by


def register_commands() -> None:
    """Called once, when the program starts."""
    for command in (*_OWN, *_appearances()):
        add_command(command)


_OWN = (
    Command(
        "me",
        _("My preferences"),
        "settings",
        "/me",
        _is_oneself,
        words="profilo io password sessioni fuso orario token profile sessions time zone",
        key="g m",
        place=60,
    ),
    Command(
        "me.security",
        _("My security"),
        "shield",
        "/me/security",
        _is_oneself,
        words="passkey app codici secondo fattore recovery codes second factor",
        place=62,
    ),
    Command(
        "me.sign-out",
        _("Sign out"),
        "log-out",
        "/logout",
        _is_oneself,
        words="esci disconnetti logout log out exit",
        sends=("out", "1"),
        forgets=True,
        place=99,
    ),
    Command(
        "view-as.end",
        _("Back to myself"),
        "undo-2",
        "/view-as/end",
        lambda principal: bool(principal.viewed_by),
        words="esci torna",
        sends=("end", "1"),
        place=1,
    ),
    Command(
        "people.new",
        _("Invite somebody"),
        "user-plus",
        "/settings/people/new",
        lambda principal: principal.may("user", "manage"),
        words="nuova persona collega utente new user colleague",
        hint=_("People"),
        place=70,
    ),
)
_ICONS = {"auto": "sun-moon", "light": "sun", "dark": "moon", "airy": "rows-3", "compact": "rows-4"}
_WORDS = {
    "language": "lingua cambia language change",
    "theme": "tema aspetto modo theme mode colors",
    "density": "righe elenchi spazio rows",
}


def _appearances() -> list[Command]:
    """A command for each way in which Filo can look and speak."""
    names = (
        ("language", pgettext_lazy("command", "Language"), LANGUAGES, 80),
        ("theme", _("Colours"), THEMES, 75),
        ("density", _("Density of lists"), DENSITIES, 85),
    )
    return [
        Command(
            f"me.{name}.{code}",
            label,
            _ICONS.get(code, "languages"),
            PREFER,
            _is_oneself,
            words=f"{_WORDS[name]} {'chiaro' if code == 'light' else 'scuro' if code == 'dark' else ''}",
            hint=hint,
            sends=(name, code),
            place=place,
        )
        for name, hint, choices, place in names
        for code, label in choices
    ]
