"""In which letters a text file is written."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from django.utils.translation import gettext_lazy

from filo.operational.transfer.reading import MIXED

ENCODINGS = {
    "utf-8-sig": gettext_lazy("Unicode (UTF-8)"),
    MIXED: gettext_lazy("Unicode and Windows mixed"),
    "cp1252": gettext_lazy("Windows (1252)"),
    "utf-16": gettext_lazy("Unicode (UTF-16)"),
    "utf-16-le": gettext_lazy("Unicode (UTF-16, without mark)"),
    "utf-16-be": gettext_lazy("Unicode (UTF-16, reversed)"),
    "cp850": gettext_lazy("DOS (850)"),
    "mac_roman": gettext_lazy("Macintosh"),
}
BLOCK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SURELY_UNICODE = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x93-\xa6]|\xe2\x82\xac|\xc2[\xa0-\xbf]")
_ACCENTS = {
    "cp1252": re.compile(rb"(?<=[a-z])[\xe0\xe8\xe9\xec\xf2\xf9]"),
    "cp850": re.compile(rb"(?<=[a-z])[\x85\x8a\x82\x8d\x95\x97](?![.\x85\x95\x97])"),
    "mac_roman": re.compile(rb"(?<=[a-z])[\x88\x8f\x8e\x93\x98\x9d]"),
}


def encoding_of(path: Path, head: bytes) -> str:
    """The encoding of a file that begins so; guessing libraries take Italian text for Central European."""
    for mark, name in _BOMS:
        if head.startswith(mark):
            return name
    nulls = head.count(b"\x00")
    if nulls > len(head) / 5:
        return "utf-16-be" if head[::2].count(b"\x00") > nulls / 2 else "utf-16-le"
    if _is_utf8(path):
        return "utf-8-sig"
    return MIXED if _has_unicode(path) else _of_one_byte(head)


def _has_unicode(path: Path) -> bool:
    """Whether a file that is not UTF-8 holds letters of it all the same: put together of two, as people do it."""
    with path.open("rb") as file:
        return any(_SURELY_UNICODE.search(block) for block in iter(lambda: file.read(BLOCK), b""))


def _of_one_byte(head: bytes) -> str:
    """By the accents that stand behind small letters: those of Windows, unless DOS or Macintosh fits clearly better."""
    counts = {name: len(found.findall(head)) for name, found in _ACCENTS.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] > 2 * counts["cp1252"] else "cp1252"


def _is_utf8(path: Path) -> bool:
    """Whether the whole file is strict UTF-8, read in blocks."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
