"""Whether a text is Italian or English, by the small words that every sentence has."""

from __future__ import annotations

import re

_WORDS = re.compile(r"[a-zàèéìòù']+")
_ITALIAN = frozenset(
    """
    di il la che un una per non sono con mi ho del della dei le lo gli nel alla anche come più ma se
    questo questa quando vorrei buongiorno buonasera salve grazie cordiali saluti vostro vostra
    ordine prezzo essere è da al ci vi si avete posso potete quanto quale nella sul ancora già mio
    mia nostro perché oppure
    """.split()  # noqa: SIM905  (a list would be forty lines)
)
_ENGLISH = frozenset(
    """
    the of and to is for that you it with on are this be have from at your we i my can would please
    thanks thank hello hi dear regards not was but if as our will order price could do does what
    when how which about there any has been they an or by me so
    """.split()  # noqa: SIM905  (a list would be forty lines)
)
_ENOUGH = 400


def language_of(text: str) -> str:
    """ "it", "en", or empty when neither is clear."""
    words = _WORDS.findall(text.lower())[:_ENOUGH]
    italian = sum(word in _ITALIAN for word in words)
    english = sum(word in _ENGLISH for word in words)
    if max(italian, english) < 1 or italian == english:
        return ""
    if min(italian, english) * 1.5 > max(italian, english):
        return ""
    return "it" if italian > english else "en"
