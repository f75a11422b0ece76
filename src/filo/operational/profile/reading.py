"""Finds facts in what customers write: sizes, colours, fibres, children's ages, by rules, in Italian and English.

It rather finds nothing than something wrong: a size that did not fit, or of somebody else, is not the writer's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from filo.foundation import clock
from filo.operational.profile import reading_words as words

LONGEST, ADULT = 20_000, 18
SURE, LIKELY, GUESSED = 0.9, 0.8, 0.6


@dataclass(frozen=True)
class Found:
    """A fact in a text. said: the sentence it stands in. confidence: 0 to 1, a guess of the one who wrote the rule."""

    kind: str
    value: str
    said: str
    confidence: float


@dataclass(frozen=True)
class _Sentence:
    said: str
    text: str
    language: str
    asks: bool

    @property
    def of_others(self) -> bool:
        return bool(words.OTHERS[self.language].search(self.text))

    @property
    def denies(self) -> bool:
        return bool(words.UNTRUE[self.language].search(self.text))


def traits_in(text: str, language: str, *, today: date | None = None) -> list[Found]:
    """What the writer says of himself, in the order of the text, each fact once; nothing in another language.

    Lines of a mail that is quoted (`>`) are another's words. `today` is when it was written: ages count from it.
    """
    if language not in words.SIZES:
        return []
    day, found = today or clock.today(), dict[tuple[str, str], Found]()
    for sentence in _sentences(text[:LONGEST], language):
        for one in (*_sizes(sentence), *_colours(sentence), *_fibres(sentence), *_children(sentence, day)):
            known = found.get((one.kind, one.value))
            if known is None or known.confidence < one.confidence:
                found[one.kind, one.value] = one
    return _consistent(list(found.values()))


def _sentences(text: str, language: str) -> Iterator[_Sentence]:
    own = "\n".join(line for line in text.splitlines() if not line.lstrip().startswith(">"))
    for part in re.findall(r"[^.!?;\n]+[.!?;]?", own):
        said = " ".join(part.split())
        plain = said.casefold().replace("’", "'").replace("`", "'")
        if plain:
            yield _Sentence(said[:300], plain, language, plain.endswith("?"))


def _one_of(names: Mapping[str, object]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


@cache
def _rule(before: str, names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{before})(?<!\w)({'|'.join(names)})(?!\w)")


def _names(known: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(re.escape(name) for name in sorted(known, key=len, reverse=True))


def _sizes(sentence: _Sentence) -> Iterator[Found]:
    language, known = sentence.language, words.SIZES[sentence.language]
    if sentence.of_others or sentence.denies or words.UNFIT[language].search(sentence.text):
        return
    own = _rule(words.SIZE_OWN[language] + r"\s*:?\s*", _names(known)).search(sentence.text)
    if own and not sentence.asks:
        yield Found("size", known[own[1]], sentence.said, SURE)
        return
    bare = _rule(words.SIZE_BARE[language] + r"\s*:?\s*", _names(known)).findall(sentence.text)
    if len(set(bare)) == 1 and not sentence.asks:
        yield Found("size", known[bare[0]], sentence.said, GUESSED)


def _colours(sentence: _Sentence) -> Iterator[Found]:
    language, known = sentence.language, words.COLOURS[sentence.language]
    if sentence.of_others or sentence.denies or sentence.asks:
        return
    join = r"(?:\s*(?:,|e|and|und)\s*(?:anche )?(?:il |lo |la |l')?)"
    one = _one_of(known)
    pattern = rf"(?<!\w){words.LIKED[language]}((?:{one})(?:{join}(?:{one}))*)(?!\w)"
    for match in re.finditer(pattern, sentence.text):
        for name in re.findall(rf"(?<!\w)(?:{one})(?!\w)", match[1]):
            yield Found("colours-liked", known[name], sentence.said, LIKELY)


def _fibres(sentence: _Sentence) -> Iterator[Found]:
    language = sentence.language
    if sentence.of_others:
        return
    sure = GUESSED if sentence.asks else SURE
    for value in _listed(words.AVOIDED[language], sentence):
        yield Found("fibres-avoided", value, sentence.said, sure)
    if sentence.denies and not re.search(r"\b(?:don't|do not|non) (?:want|like|wear)", sentence.text):
        return
    for value in _listed(words.WANTED[language], sentence):
        yield Found("fibres-wanted", value, sentence.said, sure)


def _listed(before: str, sentence: _Sentence) -> Iterator[str]:
    """The fibres named after these words, one or several: *niente lana e acrilico*."""
    known = words.FIBRES[sentence.language]
    one = _one_of(known)
    join = r"(?:\s*(?:,|e|o|né|and|or)\s*(?:il |lo |la |le )?)"
    pattern = rf"(?<!\w)(?:{before})(?<!\w)((?:{one})(?:{join}(?:{one}))*)(?!\w)"
    for match in re.finditer(pattern, sentence.text):
        for name in re.findall(rf"(?<!\w)(?:{one})(?!\w)", match[1]):
            yield known[name]


def _children(sentence: _Sentence, today: date) -> Iterator[Found]:
    language, text = sentence.language, sentence.text
    if not re.search(rf"\b{words.CHILD[language]}\b", text):
        return
    born = {"it": r"\b(?:nat[oaie] nel|del) ((?:19|20)\d\d)\b", "en": r"\bborn in ((?:19|20)\d\d)\b"}[language]
    for year in map(int, re.findall(born, text)):
        if today.year - ADULT < year <= today.year:
            yield Found("child-birth-year", str(year), sentence.said, SURE)
    for age in _ages(language, text):
        if age < ADULT:
            yield Found("child-birth-year", str(today.year - age), sentence.said, LIKELY)


def _ages(language: str, text: str) -> list[int]:
    number = rf"\d{{1,2}}|{_one_of(words.NUMBERS[language])}"
    child = words.CHILD[language]
    listed = rf"((?:(?:{number})(?:, | e | and | & ))*(?:{number}))"
    if language == "it":
        patterns = [rf"\b{child}\b(?: \w+)? (?:di|ha|hanno|compie|compirà) {listed} ann[io]\b"]
    else:
        patterns = [
            rf"\b{child}\b (?:is|are|turns|aged?|of|who is)(?: aged)? {listed}(?=\s*(?:years?\b|and\b|[.,!?;]|$))",
            rf"\b({number})[- ]years?[- ]old {child}\b",
        ]
    found = [match for pattern in patterns for match in re.findall(pattern, text)]
    return [_whole(language, part) for listed_ in found for part in re.findall(number, listed_)]


def _whole(language: str, text: str) -> int:
    return int(text) if text.isdigit() else words.NUMBERS[language][text]


def _consistent(found: list[Found]) -> list[Found]:
    """Two sizes in one text are nobody's size; a fibre both wanted and avoided is neither."""
    sizes = {one.value for one in found if one.kind == "size" and one.confidence == SURE} or {
        one.value for one in found if one.kind == "size"
    }
    both = {o.value for o in found if o.kind == "fibres-wanted"} & {
        o.value for o in found if o.kind == "fibres-avoided"
    }
    return [
        one
        for one in found
        if not (one.kind == "size" and (len(sizes) > 1 or one.value not in sizes))
        and not (one.kind.startswith("fibres") and one.value in both)
    ]
