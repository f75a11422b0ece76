"""What a customer wants who answers a mail about his order: to know how it stands, to thank, or something else.

By rules, for they can be read, and be told to whom they were wrong: words that ask for a person (a change, a complaint,
money) win over words that ask where the goods are; a few words that say nothing else are taken as the question.
"""

from __future__ import annotations

import re
from typing import Literal

from filo.foundation.folding import fold

Wish = Literal["standing", "thanks", "other"]
FEW, MANY = 6, 60

# Beginnings of words, in the spelling without accents.
_STANDING = (
    *("stato", "status", "punto", "dove", "dov", "quando", "arriv", "sped", "consegn", "corrier", "pacco", "tracci"),
    *("track", "novit", "aggiorn", "notizi", "spett", "aspett", "ritard", "update", "where", "when", "ship", "deliver"),
    *("parcel", "progress", "eta", "late", "wait", "on its way"),
)
_OTHER = (
    *("annull", "disd", "cancel", "modific", "cambi", "chang", "indirizz", "address", "reso", "resi", "restitu"),
    *("return", "rimbors", "refund", "fattur", "invoic", "scont", "discount", "reclam", "complain", "rott", "dannegg"),
    *("damag", "broken", "manc", "missing", "sbagl", "wrong", "error", "aggiung", "add", "telefon", "chiam", "call"),
    *("parlar", "speak", "talk", "operator", "avvocat", "legal", "lawyer", "vergogn", "inaccett", "pag", "pay"),
    *("preventiv", "quote", "taglia", "size", "colore", "colour", "color", "difett", "defect", "garanz", "warrant"),
)
_THANKS = frozenset(
    [
        "grazie",
        "mille",
        "molte",
        "tante",
        "ok",
        "va",
        "bene",
        "perfetto",
        "ottimo",
        "ricevuto",
        "a",
        "presto",
        "cordiali",
        "saluti",
        "buona",
        "giornata",
        "thanks",
        "thank",
        "you",
        "very",
        "much",
        "many",
        "great",
        "perfect",
        "received",
        "fine",
        "regards",
        "best",
        "kind",
        "good",
        "day",
        "cheers",
    ]
)


def wish_of(text: str) -> Wish:
    """What an answer wants; `text` is what was written anew, without quotes and signature."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    if words and all(word in _THANKS for word in words) and "?" not in text:
        return "thanks"
    if any(word.startswith(_OTHER) for word in words) or len(words) > MANY:
        return "other"
    if any(word.startswith(_STANDING) for word in words) or len(words) <= FEW:
        return "standing"
    return "other"
