"""Blocking keys: two parties are compared only when they share one, so that a million need no 500 billion comparisons.

Each key joins facts that a true double mostly has in common, whatever else is wrong: a half of a code that one
slip cannot reach, the sounds of a name in any order, a date with an initial, a postal code with a beginning. For
each broad key there is a narrower one beside it, so that a block that is too large can be left out
(`pairs_in_blocks` tells how many were) without losing those who are in it twice.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from filo.operational.doubles.likeness.commonness import Commonness
from filo.operational.doubles.likeness.nicknames import names_meant_by
from filo.operational.doubles.likeness.streets import SMALL
from filo.operational.doubles.likeness.strings import sound
from filo.operational.doubles.likeness.traits import PERSON, Place, Traits

LARGEST_BLOCK = 120
_SHORTEST_LOCAL = 5
_MOST_MEANINGS = 3
_MOST_WORDS = 4
_COMMON_WORD = 9.0  # bits
_LONGEST = 40
_RARITY = Commonness().rarity

Id = TypeVar("Id", bound=Hashable)


def keys_of(traits: Traits) -> frozenset[str]:
    """The keys of a party, short strings; those of people and of organisations never meet."""
    own = _of_person(traits) if traits.kind == PERSON else _of_firm(traits)
    kind = "p" if traits.kind == PERSON else "o"
    return frozenset(kind + _short(key) for key in (*own, *_of_reach(traits), *_of_codes(traits)))


def _short(key: str) -> str:
    """At most 40 characters; of a longer one its beginning and a sum of the rest."""
    return key if len(key) <= _LONGEST else f"{key[:30]}#{zlib.crc32(key.encode()):08x}"


def _of_reach(traits: Traits) -> Iterator[str]:
    """E-mail and the letters of what stands before its @; a number and each half of it with the name."""
    start = _start_of_name(traits)
    for email in traits.emails:
        yield f"e{email}"
        letters = "".join(filter(str.isalpha, email.partition("@")[0]))
        if len(letters) >= _SHORTEST_LOCAL:
            yield f"m{letters}{start}"
    for phone in traits.phones:
        yield f"t{phone}"
        if len(phone) > 8:
            yield f"u{phone[:-5]}{start}"
            yield f"w{phone[-5:]}{start}"
    for domain in traits.domains:
        yield f"d{domain}"
        yield f"x{domain}{start}"


def _of_codes(traits: Traits) -> Iterator[str]:
    """Tax codes whole and in halves: a single slip leaves one half right."""
    for code in {traits.vat, traits.codice_fiscale} - {""}:
        half = len(code) // 2
        yield f"v{code}"
        if len(code) >= 11:
            yield f"h{code[:half]}"
            yield f"k{code[half:]}"


def _of_person(traits: Traits) -> Iterator[str]:
    given = [sound(word) for word in traits.given]
    family = "".join(map(sound, traits.family))
    if given or family:
        yield "n" + "".join(sorted([*given, *map(sound, traits.family)]))
    meanings = sorted(_meanings(traits.given))[:_MOST_MEANINGS]
    if family:
        for name in meanings:
            yield f"a{name}{family[:4]}"
            yield f"z{name}{family[-4:]}"
        yield f"f{family}{''.join(given)[:1]}"
    initials = {word[0] for word in (*traits.given[:1], *traits.family[:1])}
    if traits.birth_date:
        born = traits.birth_date
        yield from (f"b{born}{initial}" for initial in initials)
        yield from (f"y{born[:4]}{family[:4]}{name[:1]}" for name in meanings[:1] or [""])
        yield from (f"i{born[4:]}{family[:4]}{name[:1]}" for name in meanings[:1] or [""])
    for place in traits.places:
        yield from _of_place(place)
        town = place.postal_code or place.city[:6]
        if town:
            yield f"c{town}{family[:4]}"
            yield from (f"g{town}{name}" for name in meanings)


def _meanings(given: tuple[str, ...]) -> frozenset[str]:
    """The names that somebody called so may have, as they sound; of many names the first."""
    if not given:
        return frozenset()
    return frozenset(map(sound, names_meant_by(given[0])))


def _of_place(place: Place) -> Iterator[str]:
    """The same door: the longest word of the street with the number and the town."""
    words = [word for word in place.street if word not in SMALL and len(word) > 2]
    if words and place.number:
        number = place.number.rstrip("abcdefghijklmnopqrstuvwxyz")
        yield f"s{sound(max(words, key=len))}{number}{(place.city or place.postal_code)[:3]}"


def _of_firm(traits: Traits) -> Iterator[str]:
    """The whole name; its telling words two by two, by their beginnings and ends, and each with the town.

    A word that a hundred trades have (bar, costruzioni) tells only with another.
    """
    if not traits.name:
        words, telling = [], []
    else:
        words = sorted({word for word in traits.name if len(word) > 1}, key=lambda word: (-_RARITY(word), word))
        words = [sound(word) for word in words[:_MOST_WORDS]]
        telling = [sound(word) for word in traits.name if len(word) > 2 and _RARITY(word) > _COMMON_WORD][:_MOST_WORDS]
        yield f"j{sound(''.join(traits.name))}"
    for place, word in enumerate(words):
        yield from (
            f"r{min(word, other)}+{max(word, other)}"
            for other in words[place + 1 :]
            if word in telling or other in telling or not telling
        )
    for word in telling:
        yield f"l{word}"
        initials = {other[:2] for other in words if other != word} or {""}
        yield from (f"a{word[:5]}{initial}" for initial in initials)
        yield from (f"z{word[-5:]}{initial}" for initial in initials)
    for where in traits.places:
        yield from _of_place(where)
        town = where.city[:6] or where.postal_code[:5]
        if town:
            yield from (f"c{town}{word[:4]}" for word in telling)
            if not telling and words:
                yield f"c{town}{''.join(sorted(words))[:12]}"


def _start_of_name(traits: Traits) -> str:
    words = traits.family or traits.given if traits.kind == PERSON else traits.name
    return sound(words[0])[:3] if words else ""


@dataclass
class Told(Generic[Id]):
    """What became of the blocks: how many there were, and which were too large to be looked into."""

    pairs: set[tuple[Id, Id]]
    blocks: int = 0
    left_out: int = 0
    largest: int = 0


def pairs_in_blocks(
    keyed: Iterable[tuple[Id, frozenset[str]]], *, largest: int = LARGEST_BLOCK, most: int | None = None
) -> Told[Id]:
    """The pairs that share a key, in memory, the smallest blocks first.

    Blocks of more than `largest` are left out, and those that would make more than `most` pairs; it is told.
    """
    blocks: dict[str, list[Id]] = defaultdict(list)
    for identifier, keys in keyed:
        for key in keys:
            blocks[key].append(identifier)
    told: Told[Id] = Told(set())
    for members in sorted((members for members in blocks.values() if len(members) > 1), key=len):
        told.blocks += 1
        told.largest = len(members)
        if len(members) > largest or (most is not None and len(told.pairs) >= most):
            told.left_out += 1
            continue
        for place, one in enumerate(members):
            told.pairs.update((one, other) for other in members[place + 1 :])
    return told
