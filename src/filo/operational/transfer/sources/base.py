"""What a program's export has to say of itself: by which headers it is known, and what its columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from filo.foundation.folding import fold

DEALS = "deal"


@dataclass(frozen=True)
class Source:
    """An export of a program: its contacts, its companies.

    needs: headers that are there whenever it is this export, alternatives as "a|b". columns: what headers mean, ""
    for what stays in the stored row on purpose; those that are not named are found as in any file. system: how
    the codes of its objects are called here; `systems` names those of single headers. deals: headers that speak of
    deals, for which there is no place yet.
    """

    code: str
    name: str
    what: str | Promise
    kind: str
    needs: tuple[str, ...]
    columns: Mapping[str, str]
    system: str = ""
    systems: Mapping[str, str] = field(default_factory=dict)
    deals: frozenset[str] = frozenset()

    @property
    def program(self) -> str:
        """Its name for commands: hubspot."""
        return self.code.partition(".")[0]


def keys(*headers: str) -> tuple[str, ...]:
    """Headers as they are compared: small letters and digits alone, alternatives apart."""
    return tuple("|".join(key(part) for part in header.split("|")) for header in headers)


def key(header: str) -> str:
    """One header, small letters and digits alone."""
    return "".join(fold(header).split())


def meanings(text: str) -> dict[str, str]:
    """{header: meaning} of lines like "given_name: First Name | Nome"; a line ": Create Date" stays in the row."""
    found: dict[str, str] = {}
    for line in filter(str.strip, text.splitlines()):
        code, _colon, headers = line.partition(":")
        found |= {key(header): code.strip() for header in headers.split("|")}
    return found
