"""Colleagues named in a text with @: how it is typed, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from filo.foundation.folding import fold

# Not within an address (anna@firm.it), a path or a word.
TYPED = re.compile(r"(?<![\w.@/-])@([^\W_][\w.'’-]*[^\W_]|[^\W_])")


def handle_of(given_name: str, family_name: str) -> str:
    """How somebody is named: anna.verdi, as it is typed on any keyboard."""
    return _compared(f"{given_name} {family_name}")


def handles_in(text: str) -> list[str]:
    """What is written after an @, each once, as handles are compared."""
    return list(dict.fromkeys(_compared(found[1]) for found in TYPED.finditer(text)))


def pieces(text: str, known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The text in pieces: (words, empty) or (@name, what `known` has for it)."""
    last = 0
    for found in TYPED.finditer(text):
        meant = known.get(_compared(found[1]))
        if meant:
            yield text[last : found.start()], ""
            yield found[0], meant
            last = found.end()
    yield text[last:], ""


def _compared(typed: str) -> str:
    return ".".join(re.findall(r"[a-z0-9]+", fold(typed.replace(".", " "))))
