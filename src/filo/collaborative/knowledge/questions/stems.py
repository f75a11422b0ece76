"""The words of a text in Italian and English without those that say nothing, and their stems."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import snowballstemmer

_WORD = re.compile(r"[^\W_]+")
_SAYING_NOTHING = """
    a ad agli ai al alla alle allo anche avere c che chi ci come con cosa così cui d da dagli dai dal dalla dalle
    dei del della delle dello di dove e ed era essere fa fare fra gli ha hai hanno ho i il in io l la le lei lo loro ma
    me mi mia mie miei mio ne nei nel nella nelle no noi non o per perché più può posso qual quale quali quando quanto
    questa questo qui se sei si sia siete sono su sua sue sul sulla suo tra tu un una uno va vi voi vorrei buongiorno
    buonasera salve grazie gentile cordiali saluti
    an and are as at be been but by can could did do does for from had has have hello how if is it me my not of on or
    our please should so thank thanks that the their them there these this to us was we were what when where which who
    why will with would you your am"""
_IDLE = frozenset(_SAYING_NOTHING.split())


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer({"it": "italian", "en": "english"}[language])


@lru_cache(maxsize=20_000)
def telling_words(text: str) -> tuple[str, ...]:
    """Its words but for those that any sentence has, each once, in their order."""
    found = (word for word in _WORD.findall(text.lower()) if word not in _IDLE and len(word) > 1)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=20_000)
def stems(text: str, language: str) -> frozenset[str]:
    """The stems of its telling words; an unknown language is taken for Italian."""
    return frozenset(_stemmer(language if language in ("it", "en") else "it").stemWords(list(telling_words(text))))
