"""Names that others gave to their files, made harmless; they are shown and offered, never used as paths."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 150
NAMELESS = "file"
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_MEDIA_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9][a-z0-9!#$&^_.+-]{0,80}")
UNKNOWN_TYPE = "application/octet-stream"


def clean_name(name: str) -> str:
    """The last part of a name, in plain characters of one line; what leaves nothing is called "file".

    Zero-width characters and the like go (they hide endings), and so do the folders before it.
    """
    text = unicodedata.normalize("NFKC", name)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in _INVISIBLE)
    text = re.split(r"[/\\]", text)[-1]
    text = re.sub(r'[<>:"|?*]', "_", " ".join(text.split())).strip(" .")
    return _shortened(text) or NAMELESS


def clean_media_type(said: str) -> str:
    """What a sender says that a file is, in small letters without parameters; nonsense is "unknown"."""
    found = said.partition(";")[0].strip().lower()
    return found if _MEDIA_TYPE.fullmatch(found) else UNKNOWN_TYPE


def _shortened(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"
