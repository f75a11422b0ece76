"""Which lists there are: a code, where the list is, and what makes an address of it fit to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.utils.functional import Promise

# Where one is in a list, and which view is open, is no part of what is kept.
PASSING = ("cursor", "view")


@dataclass(frozen=True)
class KnownList:
    """A list that views are kept of."""

    code: str
    url: str
    label: str | Promise
    icon: str


_lists: dict[str, KnownList] = {}


def register(found: KnownList) -> None:
    """Make a list known; the app that has it calls this once."""
    _lists[found.code] = found


def list_coded(code: str) -> KnownList | None:
    """The list with this code."""
    return _lists.get(code)


def kept_query(query: str) -> str:
    """An address of a list as it is kept: without what is passing, its parts in one order."""
    pairs = parse_qsl(query.removeprefix("?"))
    return urlencode(sorted((name, value) for name, value in pairs if value and name not in PASSING), safe=",:")
