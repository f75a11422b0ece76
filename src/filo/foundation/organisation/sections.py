"""The chapters of the settings, in sections, for whoever may see them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from filo.foundation.access.principal import Principal
from filo.foundation.web.slots import Entry, entries

# Entries of the menu "settings" stand in the section in which their place falls.
SECTIONS = (
    (30, _("People and rights")),
    (60, _("The firm")),
    (100, _("Watching over it")),
)


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str | Promise
    entries: list[Entry]


def sections(principal: Principal) -> list[Section]:
    """The sections that have something for this principal."""
    left = entries("settings", principal)
    found = []
    for end, title in SECTIONS:
        found.append(Section(title, [entry for entry in left if entry.place < end]))
        left = [entry for entry in left if entry.place >= end]
    return [section for section in found if section.entries]
