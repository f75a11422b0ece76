"""Texts that people write with places to be filled in: `{{ customer.name }}`, and no logic of any kind."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from filo.foundation.errors import DomainError

_PLACE = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*\}\}")
# What is left of a place that is written wrongly, or in the way of another program.
_LEFT = re.compile(r"\{\{|\}\}|\{%|%\}|\$\{|\$contact_|\[\[")


class MissingValue(DomainError):
    """A place has no value: a letter with a hole in it does not leave the house."""

    code = "missing-value"

    def __init__(self, name: str) -> None:
        super().__init__(_("There is nothing to put in for “%(name)s”.") % {"name": name})
        self.name = name


def places_in(text: str) -> list[str]:
    """The names of the places in a text, each once, in their order."""
    return list(dict.fromkeys(_PLACE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every place filled in, once: what a value holds is not looked at for places.

    Raises `MissingValue` for a place that has no value or an empty one, and for what looks like a place and is none.
    """
    parts: list[str] = []
    last = 0
    for found in _PLACE.finditer(text):
        value = values.get(found[1], "")
        if not value:
            raise MissingValue(found[1])
        parts += [_plain(text[last : found.start()]), value]
        last = found.end()
    return "".join([*parts, _plain(text[last:])])


def _plain(text: str) -> str:
    left = _LEFT.search(text)
    if left:
        raise MissingValue(text[left.start() : left.start() + 30])
    return text
