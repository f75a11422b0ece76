"""Commands: what one can do by typing its name into the palette, or by a key; each app adds its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from filo.foundation.access.principal import Principal
from filo.foundation.web.slots import Entry, entries

Address = Callable[[Principal, Any], str]
# The things that somebody means who types this, as commands that open them: a number, a code.
Finder = Callable[[Principal, str], "list[Command]"]


@dataclass(frozen=True)
class Command:
    """A link or a button with a name, offered to whom `may` says.

    `url` may be worked out from what is concerned; none means that it is not offered there. `words` are further
    names, in any language. `subject` names the kind of thing it is about ("party"), of which there is one on an
    open card, or one found by the words typed after the command. With `sends` it is posted, with this one field.
    """

    code: str
    label: str | Promise
    icon: str
    url: str | Address
    may: Callable[[Principal], bool] = lambda _principal: True
    words: str = ""
    hint: str | Promise = ""
    key: str = ""
    subject: str = ""
    sends: tuple[str, str] | None = None
    forgets: bool = False  # nothing of the person stays in this browser
    place: int = 50

    def address(self, principal: Principal, subject: Any = None) -> str:
        """Where it leads from here; "" where it is not to be offered."""
        return self.url if isinstance(self.url, str) else self.url(principal, subject)


# How the links of the menus are called as commands: what stands beside their name, and more words for it.
_MENUS: dict[str, tuple[str | Promise, str]] = {
    "rail": (pgettext_lazy("command", "Go to"), "vai apri go open"),
    "new": (pgettext_lazy("command", "New"), "nuovo nuova crea aggiungi new create add"),
    "settings": (_("Settings"), "impostazioni settings"),
}
_added: dict[str, Command] = {}
_finders: list[Finder] = []
_subjects: dict[str, str | Promise] = {}


def add_subject(code: str, label: str | Promise) -> None:
    """Name a kind of thing that commands are about, as it heads its keys: *On a customer's card*."""
    _subjects[code] = label


def subjects() -> list[tuple[str, str | Promise]]:
    """The kinds of things that commands are about."""
    return list(_subjects.items())


def add_command(command: Command) -> None:
    """Add a command; one with the same code takes its place."""
    _added[command.code] = command


def add_finder(finder: Finder) -> None:
    """Let what is typed open a thing at once, where it is the thing's own number."""
    _finders.append(finder)


def found_by_number(principal: Principal, text: str) -> list[Command]:
    """What has exactly the number that was typed, as far as this principal may see it; without digits nothing."""
    if not any(letter.isdigit() for letter in text):
        return []
    return [command for finder in _finders for command in finder(principal, text)]


def commands(principal: Principal) -> list[Command]:
    """What this principal may do, wherever he is: the links of rail, *new* menu and settings, and what was added."""
    return [*_from_menus(principal), *_allowed(principal, "")]


def commands_about(principal: Principal, subject: str) -> list[Command]:
    """What this principal may do with a thing of this kind, as far as his role alone decides."""
    return list(_allowed(principal, subject))


def _allowed(principal: Principal, subject: str) -> Iterator[Command]:
    ordered = sorted(_added.values(), key=lambda command: command.place)
    return (command for command in ordered if command.subject == subject and command.may(principal))


def _from_menus(principal: Principal) -> Iterator[Command]:
    for menu in _MENUS:
        for entry in entries(menu, principal):
            yield _of_entry(menu, entry)


def _of_entry(menu: str, entry: Entry) -> Command:
    hint, words = _MENUS[menu]
    return Command(f"{menu}:{entry.url}", entry.label, entry.icon, entry.url, words=words, hint=hint, key=entry.key)
