"""How well a command fits what is typed: beginnings of its words, in every language, one slip forgiven."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from filo.foundation.folding import fold
from filo.foundation.web.commands import Command

# From this score on a command is more likely meant than a customer whose name begins like it.
SURE = 70
SHORT, LONG_ENOUGH_TO_SLIP = 4, 5
_JOINING = "a al alla an and at con da del della di e for il in la lo of on per su the to un una with"
_LINKING = frozenset(_JOINING.split())


@dataclass(frozen=True)
class Names:
    """What a command is called: whole names, and every word of them."""

    whole: tuple[str, ...]
    words: tuple[str, ...]


_names: dict[str, Names] = {}


def names_of(command: Command) -> Names:
    """Its folded names in every language, worked out once."""
    if command.code not in _names:
        labels, hints = _in_every_language(command.label), _in_every_language(command.hint)
        words = " ".join([*labels, fold(command.words), *hints]).split()
        _names[command.code] = Names(tuple(labels), tuple(dict.fromkeys(words)))
    return _names[command.code]


def _in_every_language(text: object) -> list[str]:
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found.append(fold(str(text)))
    return list(dict.fromkeys(found))


def fit(command: Command, text: str) -> int:
    """From 0 (no) to 100 (that is its name)."""
    typed, names = fold(text), names_of(command)
    if not typed:
        return 0
    if typed in names.whole:
        return 100
    long = len(typed) >= SHORT
    if any(name.startswith(typed) for name in names.whole):
        return 90 if long else 60
    parts = telling_words(typed)
    if all(begins_one(part, names.words) for part in parts):
        return 75 if long else 45
    return 30 if all(_alike(part, names.words) for part in parts) else 0


def best(found: Iterable[Command], text: str, *, most: int) -> list[tuple[int, Command]]:
    """The commands that fit, best first, with how well."""
    scored = [(fit(command, text), command) for command in found]
    return sorted((one for one in scored if one[0]), key=lambda one: -one[0])[:most]


def telling_words(typed: str) -> list[str]:
    """The words of a folded text but for those that only join; all of them when there is no other."""
    return [word for word in typed.split() if word not in _LINKING] or typed.split()


def begins_one(part: str, words: Iterable[str]) -> bool:
    """Whether one of the words begins like this."""
    return any(word.startswith(part) for word in words)


def _alike(part: str, words: Iterable[str]) -> bool:
    return any(word.startswith(part) or _slipped(part, word) or (len(part) >= SHORT and part in word) for word in words)


def _slipped(typed: str, word: str) -> bool:
    """`word` begins as typed but for one letter: another, missing, too much, or two in the wrong order."""
    if len(typed) < LONG_ENOUGH_TO_SLIP or not word.startswith(typed[0]):
        return False
    return any(_one_apart(typed, word[: len(typed) + more]) for more in (0, 1, -1))


def _one_apart(left: str, right: str) -> bool:
    pairs = enumerate(zip(left, right, strict=False))
    same = next((place for place, (a, b) in pairs if a != b), min(len(left), len(right)))
    a, b = left[same:], right[same:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def split_phrase(found: Iterable[Command], text: str) -> tuple[list[Command], str]:
    """The commands that the first words call, as many words as do, and the rest: "call" and "rossi"."""
    known, chunks = list(found), text.split()
    for count in range(len(chunks) - 1, 0, -1):
        head = fold(" ".join(chunks[:count]))
        called = [(score, command) for score, command in best(known, head, most=9) if _calls(command, head)]
        rest = " ".join(telling_words(" ".join(chunks[count:])))
        if called and len(rest) > 1:
            return [command for score, command in called if score == called[0][0]], rest
    return [], ""


def _calls(command: Command, head: str) -> bool:
    """Three letters of a word at least, so that a name is not taken for an order."""
    parts = telling_words(head)
    return all(len(part) > 2 and begins_one(part, names_of(command).words) for part in parts)
