"""What a letter asks: the text as a whole, and its sentences without greetings and courtesies."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST, SHORTEST, WHOLE = 8, 3, 300
_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_GREETING = re.compile(
    r"^\W*(?:buon\s?giorno|buond[iì]|buona\s?sera|salve|ciao|gentil\w+|egregi\w+|spett\w*|dear|hi|hello|hey|"
    r"good\s(?:morning|afternoon|evening))\b[^,!.:;?]{0,40}(?:[,!.:;]+\s*|$)",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"^\W*(?:cordiali|distinti|saluti|(?:molte|tante|mille)?\s?grazie|ringrazi\w+|in attesa|resto in|a presto|"
    r"buona\s(?:giornata|serata)|thank\w*|many\sthanks|(?:kind|best|warm)\s+regards|regards|sincerely|yours|"
    r"looking forward|sent from|inviato da)\b[^?]{0,60}$",
    re.IGNORECASE,
)


def parts_of(text: str) -> Sequence[str]:
    """What may be the question, the whole of it first; a short text is only itself, an empty one nothing."""
    sentences = [_GREETING.sub("", part.strip()) for part in _END.split(text)]
    telling = [part for part in sentences if _says_something(part) and not _COURTESY.match(part)]
    whole = (" ".join(telling) or text.strip())[:WHOLE]
    if len(telling) < 2:
        return [whole] if whole else []
    asking_first = sorted(telling, key=lambda part: not part.endswith("?"))
    return list(dict.fromkeys([whole, *asking_first[:MOST]]))


def _says_something(part: str) -> bool:
    return len(part.split()) >= SHORTEST - part.endswith("?")
