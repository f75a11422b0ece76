"""The keyboard: every key with what it does, from which the sheet of keys is made and the scripts read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.web.commands import Command, commands, commands_about, subjects

_NAMES: dict[str, str | Promise] = {"Enter": _("Enter"), "Space": _("Space"), "Shift": _("Shift"), "Esc": "Esc"}


@dataclass(frozen=True)
class Key:
    """What one or another key does; `url` is where it leads, if that is all."""

    keys: tuple[str, ...]
    label: str | Promise
    url: str = ""

    @property
    def shown(self) -> list[list[str | Promise]]:
        """Each way to press it, key by key: [["/"], ["Ctrl", "K"]]."""
        return [[_NAMES.get(part, part) for part in way.split()] for way in self.keys]

    @property
    def first(self) -> str:
        """The way that scripts listen to."""
        return self.keys[0]


@dataclass(frozen=True)
class KeyGroup:
    """Keys that work in the same place."""

    label: str | Promise
    keys: list[Key]


_EVERYWHERE = [
    Key(("/", "Ctrl K"), _("Search or type a command")),
    Key(("?",), _("This sheet")),
    Key(("Esc",), _("Close what is open")),
]
# What rows.js does with the rows of a list.
_IN_A_LIST = [
    Key(("j",), _("Next row")),
    Key(("k",), _("Previous row")),
    Key(("Enter",), _("Open the row")),
    Key(("Space",), _("Look at the row at the side")),
    Key(("x",), _("Choose the row")),
    Key(("Shift x",), _("Choose all rows up to this one")),
    Key(("*",), _("Choose all rows of the page, or none")),
]


def sheet(principal: Principal) -> list[KeyGroup]:
    """All keys that this principal has, by where they work."""
    leading = [Key((one.key,), one.label, _plain(one)) for one in commands(principal) if one.key]
    groups = [KeyGroup(_("Everywhere"), _EVERYWHERE), KeyGroup(pgettext_lazy("command", "Go to"), leading)]
    for subject, label in subjects():
        found = [Key((one.key,), one.label) for one in commands_about(principal, subject) if one.key]
        groups.append(KeyGroup(label, found))
    groups.append(KeyGroup(_("In a list"), _IN_A_LIST))
    return [group for group in groups if group.keys]


def _plain(command: Command) -> str:
    return command.url if isinstance(command.url, str) else ""
