"""What is written in cells, as single values: nothing, two e-mails in one, decimal commas, days, numbers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from filo.foundation.folding import fold
from filo.foundation.italy.titles import find_title

_SAYS_NOTHING = r"""
null (null) <null> \n n.d. n.d nd n/d n/a n.p. #n/d #n/a #rif! #ref! #valore! #value! #nome? #name? #div/0! 0/0/00
00/00/0000 0000-00-00 - -- --- – — . /
"""
_NOTHING = frozenset((*_SAYS_NOTHING.split(), "0000-00-00 00:00:00"))
_SPLIT = re.compile(r"\s*(?:[;,|/\n]|:::|\s[-–eo]\s|\s)\s*")
_MANY = re.compile(r"\s*(?:[;,|\n]|:::)\s*")
_ENDINGS = re.compile(r"\s*[/\-–]\s*(?=[+\d])")
_SLASHED = re.compile(r"\s*/\s*(?=[+\d])")  # elsewhere hyphens stand within a number
_ABROAD = re.compile(r"\s*(?:\+|00)\s*(?!39)\d")
_SHORTEST_BEFORE_ENDINGS = 8
_EMAIL = re.compile(r"[\w.!#$%&'*+=?^`{}~\-]+@[\w\-]+(?:\.[\w\-]+)+")
_ENTITY = re.compile(r"&#?\w{2,8};")
# How spreadsheets are kept from taking a code for a number: ="00184", '00184.
_FORMULA_OF_TEXT = re.compile(r'="([^"]*)"')
_APOSTROPHE = re.compile(r"'(?=\d+$)")
_SHORTENED = re.compile(r"(\d)[.,](\d{7,14})E\+(\d\d)", re.IGNORECASE)
_OF_NAMES = "d da dal dalla de degli dei del della dell delle dello di la le li lo van von der den"
_PARTICLES = frozenset(_OF_NAMES.split())


def is_nothing(cell: str) -> bool:
    """Whether a cell only says that nothing is known: empty, null, n.d., a dash."""
    text = cell.strip()
    return not text or text.lower() in _NOTHING


def text_of(cell: str) -> str:
    """A cell without spaces around it, and without what web exports (HTML entities) and spreadsheets leave in it."""
    text = cell.replace("\xa0", " ").strip()
    if text[:1] in ("=", "'"):
        text = _FORMULA_OF_TEXT.sub(r"\1", text) if text[0] == "=" else _APOSTROPHE.sub("", text, count=1)
    elif text[-4:-2] in ("E+", "e+"):
        text = _written_out(text)
    return html.unescape(text) if _ENTITY.search(text) else text


def _written_out(text: str) -> str:
    """1,2345678903E+10 is the number 12345678903; one that lost digits stays as it is, for a reader to refuse."""
    found = _SHORTENED.fullmatch(text)
    return found[1] + found[2] if found and len(found[2]) == int(found[3]) else text


def emails_in(cell: str) -> list[str]:
    """The addresses of a cell, whatever stands between them; one that is none comes along to be refused."""
    if cell.count("@") > 1:
        found = [part.strip("<>()[]\"'") for part in _SPLIT.split(cell)]
        return [part for part in found if "@" in part]
    return _EMAIL.findall(cell) or [cell]


def phones_in(cell: str) -> list[str]:
    """The numbers of a cell: "0165 275772/73" is two numbers, "0143/76348" and "0735-659634" are one."""
    return [number for part in _MANY.split(cell) if part for number in _with_other_endings(part)]


def _with_other_endings(text: str) -> list[str]:
    """A number and, after slashes or hyphens, the last digits of further ones, or further whole ones."""
    first, *rest = (_SLASHED if _ABROAD.match(text) else _ENDINGS).split(text)
    while rest and len(_national(first)) < _SHORTEST_BEFORE_ENDINGS:
        first = f"{first} {rest.pop(0)}"
    found = [first.strip()]
    digits = re.sub(r"[^\d+]", "", first)
    for ending in _prefixes_joined([re.sub(r"[^\d+]", "", part) for part in rest]):
        is_whole = len(ending) > 5 and ending[0] in "+03"
        if ending:
            found.append(ending if is_whole or len(ending) >= len(digits) else digits[: -len(ending)] + ending)
    return found


def _prefixes_joined(endings: Sequence[str]) -> Iterator[str]:
    """After "06/1234567 -" a short "06" before a long "7654321" begins a number of its own."""
    prefix = ""
    for ending, following in zip_longest(endings, endings[1:], fillvalue=""):
        if prefix:
            yield prefix + ending
            prefix = ""
        elif ending[:1] in ("0", "3") and 1 < len(ending) < 5 and len(following) > 4:
            prefix = ending
        else:
            yield ending


def _national(text: str) -> str:
    return re.sub(r"^(?:\+|00)39", "", re.sub(r"[^\d+]", "", text))


def addresses_in(cell: str) -> list[str]:
    """The web addresses of a cell."""
    parts = [part for part in re.split(r"\s*(?:[;|\n]|:::|,\s|\s)\s*", cell.strip()) if part]
    return parts if all("." in part for part in parts) else [cell.strip()]


def names_in(cell: str, *, family_first: bool = False) -> tuple[str, str, str]:
    """(title, given name, family name) of a whole name: "Dott. Mario De Luca", "Rossi, Mario"."""
    words = cell.split()
    title = ""
    if len(words) > 1 and find_title(words[0]):
        title, words = words[0], words[1:]
    text = " ".join(words)
    if "," in text:
        family, _comma, given = text.partition(",")
        return title, given.strip(), family.strip()
    if len(words) < 2:
        return title, "", text
    if family_first:
        cut = 2 if fold(words[0]) in _PARTICLES and len(words) > 2 else 1
        return title, " ".join(words[cut:]), " ".join(words[:cut])
    cut = len(words) - 1
    while cut > 1 and fold(words[cut - 1]) in _PARTICLES:
        cut -= 1
    return title, " ".join(words[:cut]), " ".join(words[cut:])
