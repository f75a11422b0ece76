"""Streets as they are compared: abbreviations undone, what all streets are called left out, the number apart."""

from __future__ import annotations

import re
from functools import lru_cache

from filo.foundation.folding import fold

# What a street is, by the folded ways in which people write it, at the beginning.
_BEFORE = re.compile(
    r"^(?:via|v le|vle|viale|v|p zza|pzza|p za|pza|piazza|p zz|p|piazzale|p le|ple|p zale|piazzetta|corso|c so|cso|c"
    r"|largo|l go|lgo|vicolo|vico|v lo|vlo|vic|strada|str|s da|contrada|c da|cda|c tr|ctr|localita|loc|frazione|fraz|fr"
    r"|lungomare|l mare|salita|sal|traversa|trav|galleria|gall|borgo|b go|calle|rione|zona|z i|zi|zona industriale"
    r"|strada statale|ss|strada provinciale|sp|strada comunale|rue|rua|rruga)\s+(?=\S)"
)
# Words within or after a name that are written in several ways.
_WRITTEN = {
    "street": "st",
    "str": "st",
    "strt": "st",
    "avenue": "av",
    "ave": "av",
    "aven": "av",
    "boulevard": "blvd",
    "boul": "blvd",
    "blv": "blvd",
    "bl": "blvd",
    "road": "rd",
    "drive": "dr",
    "lane": "ln",
    "place": "pl",
    "court": "ct",
    "crt": "ct",
    "square": "sq",
    "highway": "hwy",
    "parkway": "pkwy",
    "terrace": "tce",
    "ter": "tce",
    "crescent": "cres",
    "cr": "cres",
    "circuit": "cct",
    "close": "cl",
    "grove": "gr",
    "gardens": "gdns",
    "north": "n",
    "south": "s",
    "east": "e",
    "west": "w",
    "northeast": "ne",
    "northwest": "nw",
    "southeast": "se",
    "southwest": "sw",
    "saint": "san",
    "santo": "san",
    "santa": "san",
    "sant": "san",
    "first": "1st",
    "second": "2nd",
    "third": "3rd",
    "fourth": "4th",
    "fifth": "5th",
    "sixth": "6th",
    "seventh": "7th",
    "eighth": "8th",
    "ninth": "9th",
    "tenth": "10th",
}
# They tell less than the name: two streets that share only these are two streets.
_SMALL_WORDS = """
    st av blvd rd dr ln pl ct sq hwy pkwy tce cres cct cl gr gdns n s e w ne nw se sw san di del della dei degli
    delle da de la il lo i le the of don dott ing avv prof gen cap on
"""
SMALL = frozenset(_SMALL_WORDS.split())
_MONTHS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
_NAMED_BY_A_DAY = frozenset(_MONTHS.split())
_ROMAN_WORDS = "i ii iii iv v vi vii viii ix x xi xii xx xxi xxii xxiii xxiv xxv xxvi xxvii xxviii xxix xxx"
_ROMAN = dict(zip(_ROMAN_WORDS.split(), map(str, [*range(1, 13), *range(20, 31)]), strict=True))
_BESIDES = re.compile(r"\b(?:int|interno|scala|sc|piano|pal|palazzina|lotto|ed|edificio|apt|suite|unit|km|cap)\s+\w+")
_SAYS_NUMBER = frozenset(["n", "nr", "num", "numero", "civ", "civico", "no"])


@lru_cache(maxsize=65_536)
def split_street(written: str) -> tuple[tuple[str, ...], str]:
    """("europa",) and "12a" of "V.le Europa, n° 12/A"; "" for no number.

    A street that is named by a day keeps it ("Via 25 Aprile 3"), and so does one with ordinals ("5th Ave.").
    """
    text = fold(written.replace("°", " "))
    italian = bool(_BEFORE.match(text))
    text = _BEFORE.sub("", _BESIDES.sub(" ", text), count=1)
    words = text.split()
    place = _place_of_number(words, italian)
    if place is None:
        return _named(words), ""
    number, after = words[place], words[place + 1 : place + 2]
    rest = words[:place] + words[place + 1 :]
    if after and len(after[0]) == 1 and after[0].isalpha() and (place or not rest[1:]) and number.isdigit():
        number += after[0]
        rest = words[:place] + words[place + 2 :]
    return _named([word for word in rest if not (word in _SAYS_NUMBER and place)]), number.lstrip("0") or number


def _place_of_number(words: list[str], italian: bool) -> int | None:
    """Where the house number stands: in Italy after the name, elsewhere mostly before it."""
    places = [place for place, word in enumerate(words) if re.fullmatch(r"\d{1,5}[a-z]?", word)]
    places = [place for place in places if not _is_of_a_day(words, place)]
    if not places:
        return None
    if places[0] == 0 and not italian:
        return 0
    return next((place for place in places if place), places[0] if len(words) == 1 else None)


def _is_of_a_day(words: list[str], place: int) -> bool:
    return place + 1 < len(words) and words[place + 1] in _NAMED_BY_A_DAY


def _named(words: list[str]) -> tuple[str, ...]:
    """Each word in one of its ways; the day of "XXV Aprile" in digits."""
    named = [_WRITTEN.get(word, word) for word in words]
    for place, word in enumerate(named[:-1]):
        if word in _ROMAN and named[place + 1] in _NAMED_BY_A_DAY:
            named[place] = _ROMAN[word]
    return tuple(named)
