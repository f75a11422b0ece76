"""How text is cleaned for keeping and folded for finding, sorting and drawing small avatars."""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache
from uuid import UUID

# Letters that Unicode does not take apart: they fold as people type them without the key.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t"}
)
_APOSTROPHES = "'’‘ʼʹ`´′＇"
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_ACRONYM = re.compile(r"(?<!\w)(?:\w{1,2}\.){2,}\w{0,2}(?!\w)")
_NO_WORD = re.compile("[^0-9a-z]+")
# A joiner stays only before an emoji, where it holds one picture together.
_STRAY_JOINER = re.compile("\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])")
_LINKING = "a ad al and da dal dalla de degli dei del della delle dello di e ed et in of per the und y"
_SKIPPED_IN_INITIALS = frozenset(_LINKING.split())


def without_invisible(text: str, *, keep: str = "") -> str:
    """`text` without control, zero-width, direction and surrogate characters, but with those of `keep`."""
    if text.isprintable():  # which is nearly all that people write, and quickly said
        return text
    return "".join(
        letter for letter in text if letter in keep or unicodedata.category(letter) not in {"Cc", "Cf", "Cs"}
    )


def clean_text(value: str, *, max_length: int) -> str:
    """`value` as it is kept: NFC, no invisible characters but new lines and tabs, trimmed.

    What is longer than `max_length` characters is cut; who must refuse it compares lengths first.
    """
    if not value:
        return value
    if value.isprintable():  # no line ends, no joiners: nearly all that people write
        value = value if value.isascii() else unicodedata.normalize("NFC", value)
        return value.strip()[:max_length].strip()
    value = _STRAY_JOINER.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    value = unicodedata.normalize("NFC", without_invisible(value, keep="\n\t\u200d"))
    return _STRAY_JOINER.sub("", value.strip()[:max_length]).strip()


def clean_line(value: str, *, max_length: int) -> str:
    """`value` on a single line with single spaces; otherwise as `clean_text`."""
    if not value:
        return value
    if value.isprintable():
        return clean_text(" ".join(value.split()), max_length=max_length)
    words_only = without_invisible(_spaced(value), keep="\u200d").split()
    return clean_text(" ".join(words_only), max_length=max_length)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """`text` for comparing: small letters without accents, words parted by one space, nothing else.

    Apostrophes vanish ("D’Àlò" is "dalo", "Forli'" is "forli"), so do the dots of acronyms
    ("S.p.A." is "spa"); every other sign parts words. Folding twice changes nothing.
    """
    if text.isascii() and text.isprintable():
        text = text.casefold().replace("'", "").replace("`", "")
        text = _ACRONYM.sub(lambda found: found[0].replace(".", ""), text) if "." in text else text
        return " ".join(_NO_WORD.sub(" ", text).split())
    text = unicodedata.normalize("NFKD", without_invisible(_spaced(text)))
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in {"Mn", "Me"})
    text = _APOSTROPHE.sub("", text)
    text = _ACRONYM.sub(lambda found: found[0].replace(".", ""), text)
    text = "".join(letter if _is_of_a_word(letter) else " " for letter in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def words(text: str) -> list[str]:
    """The words under which `text` is found, each once, in their order.

    "D’Àlò" gives d, alo and dalo, "mario.rossi" gives mario, rossi and mariorossi.
    Every word of `query_words` is among them.
    """
    found: dict[str, None] = {}
    for chunk in _chunks(text):
        if chunk.isalnum() and chunk.isascii():  # a plain word is one word
            found[chunk.lower()] = None
        else:
            found.update(dict.fromkeys(_words_of_chunk(chunk)))
    return list(found)


@lru_cache(maxsize=16_384)
def _words_of_chunk(chunk: str) -> tuple[str, ...]:
    whole = fold(chunk).split()
    found = (*fold(_APOSTROPHE.sub(" ", chunk)).split(), *whole, "".join(whole))
    return tuple(dict.fromkeys(word for word in found if word))


def query_words(text: str) -> list[str]:
    """The words that all have to be found (as beginnings) when somebody types `text`.

    "d'alo" asks for dalo alone, so that it also finds who was written "Dalò".
    """
    return list(dict.fromkeys(word for chunk in _chunks(text) for word in fold(chunk).split()))


def sort_key(kind: str, *, given_name: str = "", family_name: str = "", legal_name: str = "") -> str:
    """The key by which a party of `kind` (person or organisation) stands in a list."""
    if kind == "person":
        return person_sort_key(family_name, given_name)
    return organisation_sort_key(legal_name)


def person_sort_key(family_name: str, given_name: str) -> str:
    """Family name and given name, folded; two spaces part them, so that Rossi comes before Rossi Bianchi."""
    return "  ".join(part for part in (fold(family_name), fold(given_name)) if part)


def organisation_sort_key(name: str) -> str:
    """The folded name, articles kept, signs off; a name made only of signs sorts by itself."""
    return fold(name) or name.strip().casefold()


def initials(name: str) -> str:
    """One or two capital letters for an avatar: "CB" for "Comune di Bascapè"; "?" for no name."""
    parts = fold(re.sub(r"\bd[’']", "", name)).split()
    telling = [part for part in parts if part not in _SKIPPED_IN_INITIALS] or parts
    return "".join(part[0].upper()[:1] for part in telling[:2]) or "?"


def tone(identifier: UUID | str) -> int:
    """A colour from 1 to 3 that stays the same for one identifier."""
    return zlib.crc32(str(identifier).lower().encode("utf-8", "replace")) % 3 + 1


def _spaced(text: str) -> str:
    """`text` with its line ends and tabs turned into spaces, before control characters go."""
    return re.sub(r"\s", " ", text)


def _chunks(text: str) -> list[str]:
    """What stands between spaces, at signs and slashes."""
    return re.split(r"[\s@/]+", text)


def _is_of_a_word(letter: str) -> bool:
    """Letters, digits and the vowel signs of Indian scripts."""
    return letter.isalnum() or unicodedata.category(letter) == "Mc"
